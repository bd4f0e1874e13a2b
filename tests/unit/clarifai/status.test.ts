import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { codeNumber, STATUS_CODES } from '../../../electron/engine/clarifai/status-codes.ts';
import {
  causeOfRefusal,
  judgeAnnotation,
  judgeInput,
  judgeRequest,
  mayHaveActed,
} from '../../../electron/engine/clarifai/status.ts';
import { retryAfterMs } from '../../../electron/engine/clarifai/retry-after.ts';

function codesOf(protoPath: string): Record<string, number> {
  const file = path.resolve('node_modules/clarifai-nodejs-grpc', protoPath);
  const lines = readFileSync(file, 'utf8').matchAll(/^ {2}([A-Z][A-Z0-9_]*) = (\d+)/gm);
  return Object.fromEntries(Array.from(lines, (line) => [line[1], Number(line[2])]));
}

test('every name has the number that the official enum gives it', () => {
  const official = codesOf('proto/clarifai/api/status/status_code.proto');
  const ours = Object.keys(STATUS_CODES);
  expect(Object.fromEntries(ours.map((name) => [name, official[name]]))).toEqual(STATUS_CODES);
});

test('codes are read as numbers, digits and names, old names included', () => {
  const codes = [30001, '30001', 'INPUT_PENDING', 'INPUT_IMAGE_DOWNLOAD_PENDING', 'BRAND_NEW'];
  expect(codes.map(codeNumber)).toEqual([30001, 30001, 30001, 30001, null]);
});

test('requests', () => {
  const rows: readonly (readonly [http: number, code: number | null, verdict: string])[] = [
    [200, 10000, 'ok'],
    [201, 10000, 'ok'],
    [202, 10070, 'ok'],
    [207, 10010, 'mixed'],
    [200, 10010, 'mixed'],
    [200, 10020, 'refused-whole'],
    [400, 10020, 'refused-whole'],
    [400, 11100, 'refused-whole'],
    [400, 40003, 'refused-whole'],
    [400, 40010, 'refused-whole'],
    [405, 11103, 'refused-whole'],
    [418, 10060, 'refused-whole'],
    [429, 11005, 'throttled'],
    [429, 10020, 'throttled'],
    [429, null, 'throttled'],
    [200, 11005, 'throttled'],
    [403, 11003, 'throttled'],
    [401, 11009, 'token-rejected'],
    [401, 10020, 'token-rejected'],
    [401, null, 'token-rejected'],
    [400, 11102, 'token-rejected'],
    [403, 11008, 'token-rejected'],
    [403, 11007, 'not-permitted'],
    [403, 12345, 'not-permitted'],
    [402, 11000, 'not-permitted'],
    [404, 11101, 'not-permitted'],
    [404, 12345, 'not-permitted'],
    [403, 11004, 'over-quota'],
    [402, 11006, 'over-quota'],
    [402, null, 'over-quota'],
    [500, 11004, 'over-quota'],
    [503, 39997, 'maintenance'],
    [400, 39998, 'maintenance'],
    [413, null, 'too-large'],
    [413, 10020, 'too-large'],
    [414, null, 'too-large'],
    [500, 40033, 'too-large'],
    [500, 10020, 'server-error'],
    [500, 10000, 'server-error'],
    [502, null, 'server-error'],
    [503, null, 'server-error'],
    [408, null, 'server-error'],
    [200, 10030, 'server-error'],
    [400, 40011, 'server-error'],
    [400, 40031, 'server-error'],
    [400, 41000, 'server-error'],
    [400, 98009, 'server-error'],
    [400, 99009, 'server-error'],
    [200, null, 'not-the-service'],
    [204, null, 'not-the-service'],
    [302, null, 'not-the-service'],
    [307, 10050, 'not-the-service'],
    [403, null, 'not-the-service'],
    [404, null, 'not-the-service'],
    [407, null, 'not-the-service'],
    [511, null, 'not-the-service'],
    [0, null, 'not-the-service'],
    [400, null, 'refused-whole'],
    [200, 77777, 'unknown'],
  ];
  expect(rows.map(([http, code]) => [http, code, judgeRequest({ http, code })])).toEqual(rows);
});

test('answers that carry inputs are read, unless the answer is about the whole request', () => {
  const rows = [
    [400, 10020, 'mixed'],
    [422, 30104, 'mixed'],
    [207, 10010, 'mixed'],
    [200, 10020, 'mixed'],
    [200, 77777, 'mixed'],
    [200, 10000, 'ok'],
    [401, 11009, 'token-rejected'],
    [429, 10020, 'throttled'],
    [413, 10020, 'too-large'],
    [500, 10020, 'server-error'],
  ] as const;
  const got = rows.map(([http, code]) => [http, code, judgeRequest({ http, code, hasItems: true })]);
  expect(got).toEqual(rows);
});

test('"does not exist" about one thing is its absence and not a missing app', () => {
  const about = { http: 404, aboutOne: true };
  expect([11101, 30102].map((code) => judgeRequest({ ...about, code }))).toEqual(['missing', 'missing']);
  expect(judgeRequest({ ...about, code: null })).toBe('not-the-service');
});

test('only verdicts that leave it open may have stored something', () => {
  const verdicts = [
    'server-error',
    'not-the-service',
    'unknown',
    'throttled',
    'token-rejected',
    'too-large',
  ] as const;
  expect(verdicts.map(mayHaveActed)).toEqual([true, true, true, false, false, false]);
});

test('inputs in a listing and in a reply', () => {
  const rows: readonly (readonly [code: number, details: string, listing: string, reply: string])[] = [
    [30000, '', 'indexed', 'indexed'],
    [30001, '', 'pending', 'pending'],
    [30003, '', 'pending', 'pending'],
    [10000, '', 'pending', 'pending'],
    [30501, '', 'pending', 'pending'],
    [30002, '', 'failed-there', 'refused'],
    [30502, '', 'failed-there', 'refused'],
    [30100, '', 'duplicate-id', 'duplicate-id'],
    [30100, 'duplicate url', 'refused', 'refused'],
    [40010, '', 'duplicate-id', 'duplicate-id'],
    [30104, 'Input has a duplicate ID.', 'duplicate-id', 'duplicate-id'],
    [0, 'Input has a duplicate ID.', 'duplicate-id', 'duplicate-id'],
    [30101, '', 'refused', 'refused'],
    [30104, '', 'refused', 'refused'],
    [30105, '', 'refused', 'refused'],
    [30300, '', 'refused', 'refused'],
    [46003, '', 'refused', 'refused'],
    [24900, '', 'refused', 'refused'],
    [30102, '', 'missing', 'missing'],
    [39996, '', 'transient', 'transient'],
    [40031, '', 'transient', 'transient'],
    [41000, '', 'transient', 'transient'],
    [98014, '', 'transient', 'transient'],
    [99009, '', 'transient', 'transient'],
    [11005, '', 'transient', 'transient'],
    [30005, '', 'unknown', 'unknown'],
    [77777, '', 'unknown', 'unknown'],
    [0, '', 'unknown', 'unknown'],
  ];
  const got = rows.map(([code, details]) => [
    code,
    details,
    judgeInput({ code, details }, 'listing'),
    judgeInput({ code, details }, 'reply'),
  ]);
  expect(got).toEqual(rows);
});

test('a refused input becomes the failure that says most', () => {
  expect([30105, 40033, 30101, 46003, 30104, 30300].map(causeOfRefusal)).toEqual([
    'too-large',
    'too-large',
    'format-not-accepted',
    'format-not-accepted',
    'refused-by-service',
    'refused-by-service',
  ]);
});

test('annotations', () => {
  const rows = [
    [24150, 'ok'],
    [24151, 'ok'],
    [10000, 'ok'],
    [24155, 'refused'],
    [24156, 'refused'],
    [30102, 'missing'],
    [98004, 'transient'],
    [24154, 'unknown'],
  ] as const;
  expect(rows.map(([code]) => [code, judgeAnnotation({ code })])).toEqual(rows);
});

test('Retry-After as seconds, as a date against the answer’s own clock, and as nonsense', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const rows = [
    [null, null, undefined],
    ['3', null, 3000],
    [' 0.5 ', null, 500],
    ['0', null, 0],
    ['999999', null, 3_600_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', null, 30_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 'Thu, 01 Jan 2026 00:00:25 GMT', 5000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 'nonsense', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', null, 0],
    ['soon', null, undefined],
    ['-5', null, undefined],
  ] as const;
  expect(rows.map(([header, date]) => [header, date, retryAfterMs(header, date, now)])).toEqual(rows);
});
