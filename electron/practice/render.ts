/** Rows as the API's JSON: only fields of the official messages, default values left out where the proto drops them. */
import type { Account } from './account.ts';
import { DELETING_STATUS, type InputRow } from './input-rows.ts';
import { statusOf, timestamp, type Json, type JsonObject, type Status } from './reply.ts';

const REGION_INFO_FIELDS = [
  'bounding_box',
  'mask',
  'polygon',
  'point',
  'span',
  'token',
  'keypoint_locations',
];
const BOX_FIELDS = ['top_row', 'left_col', 'bottom_row', 'right_col'];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
const pick = (from: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined || from[name] === null ? [] : [[name, from[name]]])),
  );
/** Fields that are shown even when zero. */
const withZeros = (from: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? 0]));

const pointJson = (point: JsonObject): JsonObject => ({
  ...withZeros(point, ['row', 'col']),
  ...pick(point, ['z', 'visibility']),
});

const regionInfoJson = (info: JsonObject): JsonObject => {
  const { bounding_box: box, polygon, point } = info;
  return {
    ...pick(info, REGION_INFO_FIELDS),
    ...(isObject(box) ? { bounding_box: withZeros(box, BOX_FIELDS) } : {}),
    ...(isObject(polygon) ? { polygon: { points: listOf(polygon['points']).map(pointJson) } } : {}),
    ...(isObject(point) ? { point: pointJson(point) } : {}),
  };
};

const conceptsJson = (account: Account, concepts: JsonObject[]): Json[] =>
  concepts.map((concept) => {
    const id = typeof concept['id'] === 'string' ? concept['id'] : '';
    return {
      id,
      name: account.concepts.get(id)?.name ?? id,
      value: concept['value'] ?? 1,
      app_id: account.appId,
    };
  });

const regionJson = (account: Account, region: JsonObject): JsonObject => {
  const { region_info: info, data } = region;
  return {
    ...pick(region, ['id']),
    ...(isObject(info) ? { region_info: regionInfoJson(info) } : {}),
    ...(isObject(data) ? { data: dataJson(account, data) } : {}),
  };
};

/** `Data` without the image: concepts with their names, metadata, geo, regions. */
export const dataJson = (account: Account, data: JsonObject): JsonObject => {
  const { concepts, metadata, geo, regions } = data;
  const geoPoint = isObject(geo) ? geo['geo_point'] : undefined;
  return {
    ...(listOf(concepts).length === 0 ? {} : { concepts: conceptsJson(account, listOf(concepts)) }),
    ...(isObject(metadata) ? { metadata } : {}),
    ...(isObject(geoPoint) ? { geo: { geo_point: withZeros(geoPoint, ['longitude', 'latitude']) } } : {}),
    ...(listOf(regions).length === 0
      ? {}
      : { regions: listOf(regions).map((region) => regionJson(account, region)) }),
  };
};

const imageJson = (account: Account, row: InputRow): JsonObject => {
  const suffix = row.sha256 ?? '';
  const prefix = `${account.apiBase()}/data`;
  return {
    url: row.url ?? `${prefix}/orig/${suffix}`,
    ...(row.sha256 === null
      ? {}
      : { hosted: { prefix, suffix, sizes: ['orig'], crossorigin: 'use-credentials' } }),
    ...(row.format === null || row.width === null || row.height === null
      ? {}
      : { image_info: { width: row.width, height: row.height, format: row.format.toUpperCase() } }),
  };
};

/** An input's own status as the API shows it. */
export const inputStatus = (row: InputRow): Status =>
  row.deleting_at === null
    ? statusOf(row.status, row.details)
    : statusOf(DELETING_STATUS, 'The input is being deleted');

/** `Input`. */
export const inputJson = (account: Account, row: InputRow): JsonObject => ({
  id: row.id,
  data: { image: imageJson(account, row), ...dataJson(account, JSON.parse(row.data) as JsonObject) },
  created_at: timestamp(row.created_at),
  modified_at: timestamp(row.modified_at),
  status: inputStatus(row),
  ...(row.dataset_ids === null ? {} : { dataset_ids: JSON.parse(row.dataset_ids) as string[] }),
});
