/** Bodies as the service's documentation and its official clients write them, in today's field names. */

const SUCCESS = { code: 10000, description: 'Ok', req_id: 'c4e5aa5d8aa84e5d9e0d1ba1ba3d1b8a' };

/** Requests: method, path, query, body. */
export const GOOD_REQUESTS: readonly {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: unknown;
}[] = [
  {
    name: 'an image by its address',
    method: 'POST',
    path: '/v2/users/ada/apps/photos/inputs',
    body: {
      inputs: [
        {
          data: { image: { url: 'https://samples.clarifai.com/metro-north.jpg', allow_duplicate_url: true } },
        },
      ],
    },
  },
  {
    name: 'bytes with concepts, metadata and place',
    method: 'POST',
    path: '/v2/users/ada/apps/photos/inputs',
    body: {
      inputs: [
        {
          id: '0123456789abcdef0123456789abcdef',
          data: {
            image: { base64: '/9j/4AAQSkZJRg==' },
            concepts: [
              { id: 'train', name: 'Train', value: 1 },
              { id: 'plane', value: 0 },
            ],
            metadata: { id: 'id001', deep: { list: [1, 'two', null, true] } },
            geo: { geo_point: { longitude: 116.2317, latitude: 39.5427 } },
          },
          dataset_ids: ['set'],
        },
      ],
      inputs_add_job_id: 'job',
      input_id_conflict_resolution: 'SKIP',
    },
  },
  {
    name: 'the ids of user and app in the body of the short path',
    method: 'POST',
    path: '/v2/inputs',
    body: { user_app_id: { user_id: 'ada', app_id: 'photos' }, inputs: [{ id: 'a' }] },
  },
  { name: 'a page', method: 'GET', path: '/v2/users/ada/apps/photos/inputs', query: 'page=2&per_page=128' },
  {
    name: 'ids and a status',
    method: 'GET',
    path: '/v2/users/ada/apps/photos/inputs',
    query: 'ids=a&ids=b&status.code=30000',
  },
  {
    name: 'the ids of user and app in the query of the short path',
    method: 'GET',
    path: '/v2/inputs',
    query: 'user_app_id.user_id=ada&user_app_id.app_id=photos&status.code=INPUT_DOWNLOAD_SUCCESS',
  },
  {
    name: 'a stream page',
    method: 'GET',
    path: '/v2/inputs/stream',
    query: 'per_page=20&last_id=x&descending=true',
  },
  { name: 'counts', method: 'GET', path: '/v2/users/ada/apps/photos/inputs/status' },
  { name: 'one input', method: 'GET', path: '/v2/users/ada/apps/photos/inputs/a%20b%2Fc' },
  {
    name: 'a patch',
    method: 'PATCH',
    path: '/v2/users/ada/apps/photos/inputs',
    body: { action: 'merge', inputs: [{ id: 'a', data: { concepts: [{ id: 'tree', value: 1 }] } }] },
  },
  { name: 'deletes', method: 'DELETE', path: '/v2/users/ada/apps/photos/inputs', body: { ids: ['a', 'b'] } },
  { name: 'one delete', method: 'DELETE', path: '/v2/users/ada/apps/photos/inputs/a' },
  {
    name: 'a box and a polygon',
    method: 'POST',
    path: '/v2/users/ada/apps/photos/annotations',
    body: {
      annotations: [
        {
          input_id: 'a',
          data: {
            regions: [
              {
                region_info: { bounding_box: { top_row: 0, left_col: 0, bottom_row: 0.5, right_col: 0.5 } },
                data: { concepts: [{ id: 'tree', value: 1 }] },
              },
              { region_info: { polygon: { points: [{ row: 0.1, col: 0.2, visibility: 'VISIBLE' }] } } },
            ],
          },
          status: { code: 'ANNOTATION_PENDING' },
          annotation_info: { color: 'red' },
        },
      ],
    },
  },
  {
    name: 'annotation deletes',
    method: 'DELETE',
    path: '/v2/users/ada/apps/photos/annotations',
    body: { ids: ['x'], input_ids: ['a'] },
  },
  {
    name: 'concepts',
    method: 'POST',
    path: '/v2/users/ada/apps/photos/concepts',
    body: { concepts: [{ id: 'dog', name: 'Dog', visibility: { gettable: 10 } }] },
  },
  {
    name: 'upload parts with 64-bit integers',
    method: 'PUT',
    path: '/v2/users/ada/apps/photos/uploads/u/content_parts',
    body: { content_parts: [{ range_start: '18446744073709551615', part_number: 1, data: 'AAAA' }] },
  },
];

/** Replies: method, path, HTTP status, body. */
export const GOOD_REPLIES: readonly {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly http: number;
  readonly body: unknown;
}[] = [
  {
    name: 'inputs',
    method: 'POST',
    path: '/v2/users/ada/apps/photos/inputs',
    http: 200,
    body: {
      status: SUCCESS,
      inputs: [
        {
          id: 'a',
          data: {
            image: {
              url: 'https://samples.clarifai.com/metro-north.jpg',
              hosted: { prefix: 'https://x', suffix: 'y.jpeg', sizes: ['orig', 'tiny'] },
              image_info: { width: 3000, height: 2000, format: 'JPEG', color_mode: 'YUV' },
              hosted_image_info: { small: { width: 320, height: 213 } },
            },
            concepts: [
              { id: 'train', name: 'train', value: 1, app_id: 'photos', created_at: '2024-02-29T10:00:00Z' },
            ],
          },
          created_at: '2019-07-31T12:49:30.123456789Z',
          modified_at: '2019-07-31T12:49:30Z',
          status: { code: 30001, description: 'Download pending' },
        },
      ],
    },
  },
  {
    name: 'a refusal',
    method: 'POST',
    path: '/v2/inputs',
    http: 401,
    body: { status: { ...SUCCESS, code: 11009, details: 'API key not found.' } },
  },
  {
    name: 'a throttle by name',
    method: 'GET',
    path: '/v2/inputs',
    http: 429,
    body: { status: { code: 'CONN_THROTTLED', description: 'Too many requests', req_id: 'r' } },
  },
  {
    name: 'a code that the list does not have yet',
    method: 'GET',
    path: '/v2/inputs',
    http: 200,
    body: { status: { ...SUCCESS, code: 987654 }, inputs: [] },
  },
  {
    name: 'a wrong path',
    method: 'GET',
    path: '/v2/nowhere',
    http: 404,
    body: { status: { ...SUCCESS, code: 11104 } },
  },
  {
    name: 'counts',
    method: 'GET',
    path: '/v2/inputs/status',
    http: 200,
    body: { status: SUCCESS, counts: { processed: 4294967295, to_process: 0, errors: 0, processing: 0 } },
  },
  {
    name: 'a job with 64-bit counts and a Struct',
    method: 'GET',
    path: '/v2/users/ada/apps/photos/inputs/jobs/add/j',
    http: 200,
    body: {
      status: SUCCESS,
      inputs_add_job: { id: 'j', progress: { success_count: '12', pending_count: 3 }, status: SUCCESS },
    },
  },
];
