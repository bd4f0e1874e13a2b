import { expect, test } from 'vitest';
import {
  addJobReply,
  annotationsReply,
  countsReply,
  inputsReply,
} from '../../../electron/engine/clarifai/wire.ts';
import { envelopeSchema } from '../../../electron/engine/clarifai/wire-fields.ts';

const NO_STATUS = { code: 0, description: '', details: '', reqId: '' };

test('absent and null fields have their defaults, unknown keys are ignored', () => {
  const bare = {
    id: '',
    image: null,
    concepts: [],
    metadata: {},
    geo: null,
    regions: [],
    status: NO_STATUS,
    createdAt: null,
    modifiedAt: null,
    datasetIds: [],
  };
  const parsed = inputsReply.parse({
    inputs: [
      {},
      { id: null, data: null, status: null, created_at: null, future: { x: 1 } },
      {
        id: 'a',
        created_at: '2026-01-02T03:04:05.678901234Z',
        status: { code: 'INPUT_PENDING', description: 'wait' },
        data: {
          image: {
            url: 'https://x/y',
            hosted: { prefix: 'p', suffix: 's', sizes: ['orig'] },
            image_info: { width: 3, height: '2' },
          },
          concepts: [
            { id: 'cat', value: 1 },
            { id: 'dog', name: 'Dog' },
          ],
          metadata: { n: { m: [1] } },
          geo: { geo_point: { longitude: 1.5 } },
        },
      },
    ],
  });
  expect(parsed.inputs).toEqual([
    bare,
    bare,
    {
      ...bare,
      id: 'a',
      createdAt: Date.parse('2026-01-02T03:04:05.678Z'),
      status: { ...NO_STATUS, code: 30001, description: 'wait' },
      image: {
        url: 'https://x/y',
        base64: '',
        hosted: { prefix: 'p', suffix: 's', sizes: ['orig'] },
        info: { width: 3, height: 2, format: '' },
      },
      concepts: [
        { id: 'cat', name: 'cat', value: 1 },
        { id: 'dog', name: 'Dog', value: 0 },
      ],
      metadata: { n: { m: [1] } },
      geo: { longitude: 1.5, latitude: 0 },
    },
  ]);
  expect(inputsReply.parse({})).toEqual({ inputs: [] });
});

test('64-bit counters come as numbers or strings', () => {
  const job = addJobReply.parse({
    inputs_add_job: { id: 'j', progress: { pending_count: '12', success_count: 3, failed_count: null } },
  });
  expect(job).toEqual({
    job: {
      id: 'j',
      status: NO_STATUS,
      pendingCount: 12,
      inProgressCount: 0,
      successCount: 3,
      failedCount: 0,
    },
  });
  expect(countsReply.parse({ counts: { processed: '9007199254740991' } }).counts?.processed).toBe(
    9_007_199_254_740_991,
  );
});

test('an annotation and its region', () => {
  const parsed = annotationsReply.parse({
    annotations: [
      {
        id: 'n',
        input_id: 'a',
        status: { code: 24150 },
        data: {
          regions: [
            {
              id: 'r',
              region_info: { bounding_box: { left_col: 0.25, bottom_row: 1, right_col: 0.5 } },
              data: { concepts: [{ id: 'cat', value: 1 }] },
            },
            { region_info: { polygon: { points: [{ row: 0.1, col: 0.2 }, {}] } } },
          ],
        },
      },
    ],
  });
  expect(parsed.annotations[0]).toMatchObject({
    id: 'n',
    inputId: 'a',
    inputLevel: false,
    regions: [
      {
        id: 'r',
        box: { top: 0, left: 0.25, bottom: 1, right: 0.5 },
        polygon: null,
        concepts: [{ id: 'cat', name: 'cat', value: 1 }],
      },
      {
        id: '',
        box: null,
        polygon: [
          { row: 0.1, col: 0.2 },
          { row: 0, col: 0 },
        ],
        concepts: [],
      },
    ],
  });
});

test('an answer is the service’s when its status has a code; unknown names are kept in the words', () => {
  const codes = [{ code: 10000 }, { code: 'MIXED_STATUS' }, { code: 'BRAND_NEW', description: 'hm' }];
  expect(codes.map((status) => envelopeSchema.parse({ status }).status)).toEqual([
    { ...NO_STATUS, code: 10000 },
    { ...NO_STATUS, code: 10010 },
    { ...NO_STATUS, code: 0, description: 'BRAND_NEW: hm' },
  ]);
  const foreign = [null, [], 'x', {}, { status: 'ok' }, { status: {} }, { status: { code: null } }];
  expect(foreign.map((json) => envelopeSchema.safeParse(json).success)).toEqual(foreign.map(() => false));
});
