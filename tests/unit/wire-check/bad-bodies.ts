/** What a careless client or server would send, and where the checker has to say so. */

/** Wraps one input's data into a body for POST inputs. */
function posted(data: unknown): unknown {
  return { inputs: [{ id: 'first' }, { id: 'second', data }] };
}

const DATA = 'inputs[1].data';

/** Bodies for POST …/inputs with every place that has to be reported, in order. */
export const BAD_INPUT_BODIES: readonly {
  readonly name: string;
  readonly body: unknown;
  readonly where: readonly string[];
}[] = [
  {
    name: 'a key that no proto has',
    body: posted({ image: { crop: [0, 0, 1, 1] } }),
    where: [`${DATA}.image.crop`],
  },
  {
    name: 'camelCase',
    body: posted({ image: { url: 'u', allowDuplicateUrl: true } }),
    where: [`${DATA}.image.allowDuplicateUrl`],
  },
  { name: 'a key of JavaScript objects', body: posted({ constructor: {} }), where: [`${DATA}.constructor`] },
  {
    name: 'a boolean for a float',
    body: posted({ concepts: [{ id: 'cat', value: true }] }),
    where: [`${DATA}.concepts[0].value`],
  },
  {
    name: 'a string for a float',
    body: posted({ concepts: [{ id: 'cat', value: '1' }] }),
    where: [`${DATA}.concepts[0].value`],
  },
  {
    name: 'a float that no float can hold',
    body: posted({ geo: { geo_point: { latitude: 1e39, longitude: 1 } } }),
    where: [`${DATA}.geo.geo_point.latitude`],
  },
  { name: 'a number for a string', body: { inputs: [{ id: 7 }] }, where: ['inputs[0].id'] },
  { name: 'half a surrogate pair', body: { inputs: [{ id: 'a\ud800' }] }, where: ['inputs[0].id'] },
  {
    name: 'a string for a bool',
    body: posted({ image: { allow_duplicate_url: 'true' } }),
    where: [`${DATA}.image.allow_duplicate_url`],
  },
  {
    name: 'a bare string for a concept',
    body: posted({ concepts: ['cat'] }),
    where: [`${DATA}.concepts[0]`],
  },
  { name: 'an object for an array', body: posted({ concepts: { id: 'cat' } }), where: [`${DATA}.concepts`] },
  { name: 'an array for an object', body: posted([]), where: [DATA] },
  { name: 'an array for a Struct', body: posted({ metadata: ['a'] }), where: [`${DATA}.metadata`] },
  { name: 'a string for a Struct', body: posted({ metadata: 'a' }), where: [`${DATA}.metadata`] },
  { name: 'null', body: { inputs: [{ id: null }] }, where: ['inputs[0].id'] },
  { name: 'null in an array', body: { inputs: [null] }, where: ['inputs[0]'] },
  { name: 'base64 for URLs', body: posted({ image: { base64: 'a-_b' } }), where: [`${DATA}.image.base64`] },
  {
    name: 'base64 without padding',
    body: posted({ image: { base64: 'AAAAAA' } }),
    where: [`${DATA}.image.base64`],
  },
  {
    name: 'base64 with a newline',
    body: posted({ image: { base64: 'AAA\n' } }),
    where: [`${DATA}.image.base64`],
  },
  {
    name: 'base64 with stray bits',
    body: posted({ image: { base64: 'AAAAQR==' } }),
    where: [`${DATA}.image.base64`],
  },
  {
    name: 'padding in the middle',
    body: posted({ image: { base64: 'AA==AAAA' } }),
    where: [`${DATA}.image.base64`],
  },
  {
    name: 'a data URL',
    body: posted({ image: { base64: 'data:image/jpeg;base64,AAAA1' } }),
    where: [`${DATA}.image.base64`],
  },
  { name: 'an array of bytes', body: posted({ image: { base64: [1, 2] } }), where: [`${DATA}.image.base64`] },
  {
    name: 'a fraction for an integer',
    body: posted({ image: { image_info: { width: 10.5 } } }),
    where: [`${DATA}.image.image_info.width`],
  },
  {
    name: 'a negative unsigned integer',
    body: posted({ frames: [{ frame_info: { time: -1 } }] }),
    where: [`${DATA}.frames[0].frame_info.time`],
  },
  {
    name: 'a 32-bit integer as a string',
    body: posted({ frames: [{ frame_info: { index: '1' } }] }),
    where: [`${DATA}.frames[0].frame_info.index`],
  },
  {
    name: 'an unknown enum name',
    body: { inputs: [], input_id_conflict_resolution: 'skip' },
    where: ['input_id_conflict_resolution'],
  },
  {
    name: 'an unknown enum number',
    body: { inputs: [], input_id_conflict_resolution: 9 },
    where: ['input_id_conflict_resolution'],
  },
  {
    name: 'an enum as a bool',
    body: { input_id_conflict_resolution: true },
    where: ['input_id_conflict_resolution'],
  },
  {
    name: 'a time without zone',
    body: { inputs: [{ id: 'a', created_at: '2024-01-01T00:00:00' }] },
    where: ['inputs[0].created_at'],
  },
  {
    name: 'a time in ms',
    body: { inputs: [{ created_at: 1700000000000 }] },
    where: ['inputs[0].created_at'],
  },
  {
    name: 'a day that never was',
    body: { inputs: [{ created_at: '2023-02-29T00:00:00Z' }] },
    where: ['inputs[0].created_at'],
  },
  {
    name: 'a map with wrong values',
    body: posted({ image: { hosted_image_info: { small: { width: 'wide' }, large: null } } }),
    where: [`${DATA}.image.hosted_image_info.small.width`, `${DATA}.image.hosted_image_info.large`],
  },
  {
    name: 'an array for a map',
    body: posted({ image: { hosted_image_info: [] } }),
    where: [`${DATA}.image.hosted_image_info`],
  },
  {
    name: 'the ids of another app than the path',
    body: { user_app_id: { app_id: 'b' } },
    where: ['user_app_id.app_id'],
  },
  { name: 'an array for the whole', body: [], where: ['body'] },
  { name: 'two faults at once', body: { inputs: [{ id: 1 }], ids: [] }, where: ['inputs[0].id', 'ids'] },
];

/** Queries (for GET …/inputs) that have to be reported, with the places. */
export const BAD_QUERIES: readonly { readonly query: string; readonly where: readonly string[] }[] = [
  { query: 'perPage=5', where: ['query.perPage'] },
  { query: 'page=one', where: ['query.page'] },
  { query: 'page=1.5', where: ['query.page'] },
  { query: 'page=-1', where: ['query.page'] },
  { query: 'page=1&page=2', where: ['query.page'] },
  { query: 'page=', where: ['query.page'] },
  { query: 'ids[]=a', where: ['query.ids[]'] },
  { query: 'status=30000', where: ['query.status'] },
  { query: 'status.code=NOT_A_CODE', where: ['query.status.code'] },
  { query: 'status.code.x=1', where: ['query.status.code.x'] },
  { query: 'user_app_id.user_id=ada', where: ['query.user_app_id.user_id'] },
];
