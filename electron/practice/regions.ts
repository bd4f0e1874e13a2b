/** Judges the regions of annotations: at most one, with coordinates that are fractions of the picture. Pure. */
import type { Json, JsonObject } from './reply.ts';
import type { WireData } from './wire.ts';

const isFraction = (value: Json | undefined): boolean =>
  value === undefined || (typeof value === 'number' && value >= 0 && value <= 1);
const asObject = (value: Json | undefined): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
const numberAt = (from: JsonObject, name: string): number => {
  const value = from[name];
  return typeof value === 'number' ? value : 0;
};

const boxProblem = (box: JsonObject): string | null => {
  if (!['top_row', 'left_col', 'bottom_row', 'right_col'].every((side) => isFraction(box[side]))) {
    return 'The sides of a bounding box have to be within 0 and 1';
  }
  const upright = numberAt(box, 'top_row') < numberAt(box, 'bottom_row');
  return upright && numberAt(box, 'left_col') < numberAt(box, 'right_col')
    ? null
    : 'A bounding box needs top_row < bottom_row and left_col < right_col';
};

const pointsProblem = (points: readonly Json[]): string | null => {
  if (points.length === 0) return 'A polygon has no points';
  return points.every((point) => {
    const at = asObject(point);
    return at !== null && isFraction(at['row']) && isFraction(at['col']);
  })
    ? null
    : 'Row and col of a point have to be within 0 and 1';
};

const maskProblem = (mask: JsonObject): string | null => {
  const image = asObject(mask['image']);
  return typeof image?.['base64'] === 'string' || typeof image?.['url'] === 'string'
    ? null
    : 'A mask has no image';
};

const shapeProblem = (info: JsonObject): string | null => {
  const box = asObject(info['bounding_box']);
  const polygon = asObject(info['polygon']);
  const point = asObject(info['point']);
  const mask = asObject(info['mask']);
  if (box !== null) return boxProblem(box);
  if (polygon !== null) return pointsProblem(Array.isArray(polygon['points']) ? polygon['points'] : []);
  if (point !== null) return pointsProblem([point]);
  return mask === null ? null : maskProblem(mask);
};

/** Says what is wrong with the regions of one annotation, or null. */
export const regionsProblem = (data: WireData | undefined): string | null => {
  const regions = data?.regions ?? [];
  if (regions.length > 1) return 'An annotation may have one region at most';
  const info = regions[0]?.region_info;
  return info === undefined ? null : shapeProblem(info);
};
