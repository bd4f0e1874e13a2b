import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { PROTOS, SERVICE_FILE } from '../../support/wire-check/protos.ts';
import { findRoute, ROUTES } from '../../support/wire-check/routes.ts';
import { walkMessage } from '../../support/wire-check/walk.ts';
import { checkMessage, checkRequest, checkResponse, checkText } from '../../support/wire-check/wire-check.ts';
import { BAD_INPUT_BODIES, BAD_QUERIES } from './bad-bodies.ts';
import { GOOD_REPLIES, GOOD_REQUESTS } from './reference.ts';

const INPUTS = '/v2/users/ada/apps/a/inputs';

function places(problems: readonly { readonly where: string }[]): string[] {
  return problems.map((problem) => problem.where);
}

describe('what the documentation and the official clients write', () => {
  it.each(GOOD_REQUESTS)('passes as a request: $name', (request) => {
    expect(checkRequest(request)).toEqual([]);
  });

  it.each(GOOD_REPLIES)('passes as a reply: $name', (reply) => {
    expect(checkResponse(reply)).toEqual([]);
  });
});

describe('a bad request', () => {
  it.each(BAD_INPUT_BODIES)('is rejected: $name', ({ body, where }) => {
    expect(places(checkRequest({ method: 'POST', path: INPUTS, body }))).toEqual(where);
  });

  it.each(BAD_QUERIES)('is rejected: ?$query', ({ query, where }) => {
    expect(places(checkRequest({ method: 'GET', path: INPUTS, query }))).toEqual(where);
  });

  it('says what is wrong in words', () => {
    const body = { inputs: [{ data: { concepts: [{ value: true }], image: { allowDuplicateUrl: true } } }] };
    expect(checkRequest({ method: 'POST', path: INPUTS, body })).toEqual([
      { where: 'inputs[0].data.concepts[0].value', problem: 'a boolean where a float is expected' },
      {
        where: 'inputs[0].data.image.allowDuplicateUrl',
        problem: 'the field is written allow_duplicate_url on this wire',
      },
    ]);
  });

  it('is rejected for its route, its path and its body being there or not', () => {
    const rejected = [
      checkRequest({ method: 'PUT', path: INPUTS, body: {} }),
      checkRequest({ method: 'GET', path: '/v2/inputs/' }),
      checkRequest({ method: 'GET', path: '/v2/users//apps/a/inputs' }),
      checkRequest({ method: 'GET', path: '/v2/inputs/%E0%A4%A' }),
      checkRequest({ method: 'POST', path: INPUTS }),
      checkRequest({ method: 'GET', path: INPUTS, body: {} }),
      checkRequest({ method: 'PATCH', path: INPUTS, query: 'action=merge', body: {} }),
    ];
    expect(rejected.map(places)).toEqual([
      ['path'],
      ['path'],
      ['path'],
      ['path'],
      ['body'],
      ['body'],
      ['query'],
    ]);
  });

  it('is rejected for a 64-bit integer that lost digits, left its range or is none', () => {
    const starts = [2 ** 60, '18446744073709551616', '-1', '1.0', '1e3', '', 1.5, true];
    const problems = starts.map((range_start) =>
      places(checkMessage('clarifai.api.UploadContentPart', { range_start })),
    );
    expect(problems).toEqual(starts.map(() => ['range_start']));
  });

  it('is rejected for two members of one oneof', () => {
    const both = { user: { id: 'u' }, model: { id: 'm' } };
    expect(places(checkMessage('clarifai.api.Worker', both))).toEqual(['model']);
    expect(checkMessage('clarifai.api.Worker', { model: { id: 'm' } })).toEqual([]);
  });

  it('is rejected for a key that stands twice, which parsing hides', () => {
    const text = '{"inputs":[{},{"id":"a","data":{"metadata":{"x\\"":"{\\\\","\\u0078\\"":2}},"id":"b"}]}';
    expect(places(checkText(text))).toEqual(['inputs[1].data.metadata.x"', 'inputs[1].id']);
    expect(checkText('{"a":{"b":1},"c":{"b":["a","a",{"a":"a"}]},"b":""}')).toEqual([]);
  });
});

describe('a bad reply', () => {
  it.each([
    ['no status', { inputs: [] }, ['status.code', 'status.req_id']],
    ['no request id', { status: { code: 10000 } }, ['status.req_id']],
    ['an unknown key', { status: { code: 10000, req_id: 'r', http: 200 } }, ['status.http']],
    ['an unknown code name', { status: { code: 'FINE', req_id: 'r' } }, ['status.code']],
    ['the reply of another route', { status: { code: 10000, req_id: 'r' }, counts: {} }, ['counts']],
    ['a null field', { status: { code: 10000, req_id: 'r' }, inputs: null }, ['inputs']],
    ['a list', [], ['body']],
  ])('is rejected: %s', (_name, body, where) => {
    expect(places(checkResponse({ method: 'GET', path: INPUTS, http: 200, body }))).toEqual(where);
  });

  it('may carry nothing but a status on a path that is no route', () => {
    const body = { status: { code: 11104, req_id: 'r' }, inputs: [] };
    expect(places(checkResponse({ method: 'GET', path: '/v2/nowhere', http: 404, body }))).toEqual([
      'inputs',
    ]);
  });
});

it('lets null pass where it is asked to, and only for a field that is not set', () => {
  const body = { inputs: [{ id: null, data: null, dataset_ids: [null] }] };
  expect(places(checkRequest({ method: 'POST', path: INPUTS, body }, { allowNull: true }))).toEqual([
    'inputs[0].dataset_ids[0]',
  ]);
});

describe('the forms of proto3 JSON that the service does not happen to use', () => {
  const { root } = protobuf.parse(
    `syntax = "proto3"; package probe;
     import "google/protobuf/any.proto"; import "google/protobuf/wrappers.proto";
     import "google/protobuf/struct.proto"; import "google/protobuf/field_mask.proto";
     message All { google.protobuf.Any any = 1; google.protobuf.Int64Value wide = 2; google.protobuf.Value value = 3;
       google.protobuf.ListValue list = 4; google.protobuf.FieldMask mask = 5; map<uint64, bool> by_number = 6;
       map<bool, double> by_bool = 7; google.protobuf.NullValue nothing = 8; optional string maybe = 9; sint32 z = 10;
       google.protobuf.Duration span = 11; }`,
    new protobuf.Root(),
    { keepCase: true },
  );
  for (const name of ['any', 'wrappers', 'struct', 'field_mask', 'duration']) {
    root.addJSON(protobuf.common.get(`google/protobuf/${name}.proto`)?.nested ?? {});
  }
  root.resolveAll();

  function check(value: unknown): string[] {
    const found: string[] = [];
    walkMessage(root.lookupType('probe.All'), value, '', (where) => found.push(where), {});
    return found;
  }

  it('pass', () => {
    const good = {
      any: { '@type': 'type.googleapis.com/x' },
      wide: '9223372036854775807',
      value: null,
      list: [null, 1],
      mask: 'a,b',
      by_number: { 7: true },
      by_bool: { true: 'NaN' },
      nothing: null,
      maybe: '',
      z: -1,
      span: '-1.5s',
    };
    expect(check(good)).toEqual([]);
  });

  it('are rejected when they are wrong', () => {
    const bad = {
      any: {},
      wide: '9223372036854775808',
      list: {},
      mask: ['a'],
      by_number: { minus: true },
      by_bool: { yes: 1 },
      nothing: 0,
      maybe: 0,
      z: 2147483648,
      span: '1.5',
    };
    expect(check(bad)).toEqual([
      'any',
      'wide',
      'list',
      'mask',
      'by_number.minus',
      'by_bool.yes',
      'nothing',
      'maybe',
      'z',
      'span',
    ]);
  });
});

describe('routes', () => {
  it('are all that the service file declares', () => {
    const declared = [
      ...readFileSync(SERVICE_FILE, 'utf8').matchAll(/^\s+(get|put|post|delete|patch): "(.+?)",?$/gm),
    ];
    expect(ROUTES.map((route) => `${route.method.toLowerCase()} ${route.pattern}`)).toEqual(
      declared.map(([, verb, pattern]) => `${verb} ${pattern}`),
    );
    expect(ROUTES.length).toBeGreaterThan(400);
  });

  it('prefer what is written out to what varies', () => {
    const rpcs = [
      ['GET', '/v2/inputs/status'],
      ['GET', '/v2/users/u/apps/a/inputs/stream'],
      ['GET', '/v2/inputs/searches'],
      ['DELETE', '/v2/users/u/apps/a/inputs/annotations'],
      ['DELETE', '/v2/users/u/apps/a/annotations'],
      ['GET', '/v2/users/u/apps/a/inputs/i/annotations/x'],
      ['GET', '/v2'],
    ] as const;
    expect(rpcs.map(([method, path]) => findRoute(method, path)?.route.rpc ?? null)).toEqual([
      'GetInputCount',
      'StreamInputs',
      'GetInput',
      'DeleteAnnotations',
      'DeleteAnnotations',
      'GetAnnotation',
      null,
    ]);
  });
});

describe('as a property', () => {
  const NUMBER = fc.double({ noNaN: true, min: -1e30, max: 1e30 });
  const INPUT = fc.record(
    {
      id: fc.string({ unit: 'binary' }),
      dataset_ids: fc.array(fc.string()),
      status: fc.record({
        code: fc.constantFrom(30000, 'INPUT_DOWNLOAD_SUCCESS', 123),
        percent_completed: fc.nat(),
      }),
      data: fc.record(
        {
          image: fc.record({
            base64: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
            hosted: fc.record({ sizes: fc.array(fc.string()) }),
          }),
          concepts: fc.array(fc.record({ id: fc.string(), value: NUMBER })),
          geo: fc.record({ geo_point: fc.record({ latitude: NUMBER, longitude: NUMBER }) }),
          frames: fc.array(fc.record({ frame_info: fc.record({ time: fc.nat() }) })),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  const type = PROTOS.lookupType('clarifai.api.Input');

  it('what protobufjs reads and writes again passes, before and after', () => {
    fc.assert(
      fc.property(INPUT, (input) => {
        const bytes = type.encode(type.fromObject(input)).finish();
        const again = type.toObject(type.decode(bytes), { bytes: String, longs: String, json: true });
        expect([
          checkMessage('clarifai.api.Input', input),
          checkMessage('clarifai.api.Input', again),
        ]).toEqual([[], []]);
      }),
    );
  });

  it('a key added anywhere, or a value of another type, is found exactly there', () => {
    fc.assert(
      fc.property(INPUT, fc.nat(), (input, choice) => {
        const copy = structuredClone(input) as object;
        const spots = spotsOf(copy, '');
        const spot = spots[choice % spots.length];
        if (spot === undefined) throw new Error('There is always the input itself.');
        spot.spoil();
        expect(places(checkMessage('clarifai.api.Input', copy))).toEqual([spot.where]);
      }),
    );
  });
});

/** Every object (gets a key too many) and every scalar (gets the wrong type) of a JSON value. */
function spotsOf(value: object, where: string): { readonly where: string; readonly spoil: () => void }[] {
  const isArray = Array.isArray(value);
  const inner = Object.entries(value).flatMap(([key, child]) => {
    const place = isArray ? `${where}[${key}]` : where === '' ? key : `${where}.${key}`;
    if (typeof child === 'object' && child !== null) return spotsOf(child, place);
    const wrong = typeof child === 'number' && !place.endsWith('code') ? 'text' : false;
    return [{ where: place, spoil: () => void Object.assign(value, { [key]: wrong }) }];
  });
  if (isArray) return inner;
  const extra = where === '' ? 'surplus' : `${where}.surplus`;
  return [{ where: extra, spoil: () => void Object.assign(value, { surplus: 1 }) }, ...inner];
}

it('checks a body of 96 MB', () => {
  const base64 = Buffer.alloc(562_500, 0xa7).toString('base64');
  const body = {
    inputs: Array.from({ length: 128 }, (_, index) => ({ id: `i${index}`, data: { image: { base64 } } })),
  };
  const text = JSON.stringify(body);
  expect(text.length).toBeGreaterThan(96_000_000);
  expect([checkText(text), checkRequest({ method: 'POST', path: INPUTS, body: JSON.parse(text) })]).toEqual([
    [],
    [],
  ]);
  const spoilt = text.slice(0, -20) + '!' + text.slice(-19);
  expect(places(checkRequest({ method: 'POST', path: INPUTS, body: JSON.parse(spoilt) }))).toEqual([
    'inputs[127].data.image.base64',
  ]);
});
