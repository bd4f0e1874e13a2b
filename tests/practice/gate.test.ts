import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../electron/practice/gate.ts';
import { codeOf, inputOf, picture, startAccount, type TestAccount } from './account.ts';

let account: TestAccount;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(async () => {
  expect(account.problems).toStrictEqual([]);
  await account.close();
});

/** Sends a body of zeros, with or without its Content-Length, and gives the status of the reply. */
const postBytes = (
  bytes: number,
  announced: boolean,
): Promise<{ http: number; code: number; sentBytes: number }> =>
  new Promise((resolve, reject) => {
    let sentBytes = 0;
    let answered = false;
    const call = request(`${account.base}/inputs`, {
      method: 'POST',
      headers: { Authorization: `Key ${account.pat}`, ...(announced ? { 'Content-Length': bytes } : {}) },
    });
    call.once('response', (response) => {
      answered = true;
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.once('end', () => {
        resolve({
          http: response.statusCode ?? 0,
          code: (JSON.parse(text) as { status: { code: number } }).status.code,
          sentBytes,
        });
        call.destroy();
      });
    });
    call.on('error', (error) => (answered ? undefined : reject(error)));
    const chunk = Buffer.alloc(1_000_000, ' ');
    const write = (): void => {
      if (answered) return;
      if (sentBytes >= bytes) call.end();
      else {
        sentBytes += chunk.length;
        call.write(chunk, () => setImmediate(write));
      }
    };
    write();
  });

describe('what is refused at the door', () => {
  it.each([
    ['no header', {}, 401, 11102],
    ['no word', { Authorization: 'PAT' }, 401, 11102],
    ['a lower-case key', { Authorization: 'key PAT' }, 401, 11102],
    ['Bearer', { Authorization: 'Bearer PAT' }, 401, 11102],
    ['an unknown PAT', { Authorization: 'Key 00000000000000000000000000000000' }, 401, 11009],
    ['a session token', { 'X-Clarifai-Session-Token': 'PAT' }, 401, 11102],
    ['the right PAT', { Authorization: 'Key PAT' }, 200, 10000],
  ])('%s', async (_, headers, http, code) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, v]) => [name, v.replace('PAT', account.pat)]),
    );
    const response = await fetch(`${account.base}/inputs`, { headers: filled });
    const json = (await response.json()) as { status: { code: number; req_id: string } };
    expect([response.status, json.status.code]).toStrictEqual([http, code]);
    expect(json.status.req_id).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    ['the long path', 'GET', '/v2/users/practice/apps/photos/inputs', 200, 10000],
    ['me for the user', 'GET', '/v2/users/me/apps/photos/inputs', 200, 10000],
    ['the short path', 'GET', '/v2/inputs', 200, 10000],
    [
      'user and app in the query',
      'GET',
      '/v2/inputs?user_app_id.user_id=practice&user_app_id.app_id=photos',
      200,
      10000,
    ],
    ['another user', 'GET', '/v2/users/nobody/apps/photos/inputs', 404, 11101],
    ['another app', 'GET', '/v2/users/practice/apps/none/inputs', 404, 11101],
    ['another app in the query', 'GET', '/v2/inputs?user_app_id.app_id=none', 404, 11101],
    ['an unknown path', 'GET', '/v2/users/practice/apps/photos/nothing', 404, 11101],
    ['another version', 'GET', '/v1/inputs', 404, 11101],
    ['another method', 'PUT', '/v2/inputs', 405, 11103],
    ['a part that it does not have', 'GET', '/v2/datasets', 501, 10040],
    ['an id that is not there', 'GET', '/v2/inputs/a%20b%2Fc', 404, 11101],
  ])('%s', async (_, method, url, http, code) => {
    const reply = await account.send(method, url);
    expect([reply.http, codeOf(reply)]).toStrictEqual([http, code]);
  });

  it.each([
    ['broken JSON', '{"inputs":[', 400, 11100],
    ['JSON that is no object', '[]', 400, 11100],
    ['inputs that are no list', { inputs: 'all' }, 400, 11100],
    ['an id that is no text', { inputs: [{ id: 7 }] }, 400, 11100],
    ['another app in the body', { user_app_id: { app_id: 'none' }, inputs: [] }, 404, 11101],
  ])('%s', async (_, body, http, code) => {
    const reply = await account.send('POST', '/v2/inputs', body);
    expect([reply.http, codeOf(reply)]).toStrictEqual([http, code]);
  });

  it('a body over 128 MB: by its Content-Length at once, else as soon as it is counted', async () => {
    const announced = await postBytes(128_000_001, true);
    expect(announced).toMatchObject({ http: 413, code: 40033 });
    expect(announced.sentBytes).toBeLessThan(128_000_000);
    expect(await postBytes(131_000_000, false)).toMatchObject({ http: 413, code: 40033 });
  });
});

describe('the rate limit', () => {
  it('admits no more than 15 requests in any sliding second, and all that keep to it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 200 }), (gaps) => {
        const limit = createRateLimit();
        let at = 0;
        const admitted: number[] = [];
        for (const gap of gaps) {
          at += gap;
          const inLastSecond = admitted.filter((one) => one > at - 1_000).length;
          const admits = limit.admit(at);
          expect(admits).toBe(inLastSecond < 15);
          if (admits) admitted.push(at);
        }
      }),
    );
  });

  it('answers 429 + 11005, without Retry-After, and leaves the control routes alone', async () => {
    const limited = await startAccount({ unlimitedRate: false });
    const replies = await Promise.all(
      Array.from({ length: 60 }, () => limited.call('GET', '/inputs/status')),
    );
    const refused = replies.filter((reply) => reply.http === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((reply) => codeOf(reply) === 11005 && !reply.headers.has('retry-after'))).toBe(true);
    expect(refused[0]?.json['status']).toMatchObject({ details: 'exceeded limit of 15 requests per second' });
    const stats = await limited.stats();
    expect([stats.throttled, stats.arrivals.length]).toStrictEqual([refused.length, 60]);
    await limited.close();
  });
});

describe('the control routes', () => {
  it('need the PAT in their own header', async () => {
    const bare = await fetch(`${account.apiBase}/practice/stats`, {
      headers: { Authorization: `Key ${account.pat}` },
    });
    const wrong = await fetch(`${account.apiBase}/practice/stats`, {
      headers: { 'X-Practice-Control': 'x' },
    });
    expect([bare.status, wrong.status]).toStrictEqual([403, 403]);
  });

  it('count requests and the bytes of their bodies, and begin again when asked', async () => {
    const body = JSON.stringify({ inputs: [inputOf('counted', await picture(40))] });
    await account.control('POST', 'reset-stats');
    await account.call('POST', '/inputs', body);
    await account.call('GET', '/inputs/counted');
    await account.call('GET', '/nothing');
    const { requests, bodyBytes, running, arrivals } = await account.stats();
    expect({ requests, bodyBytes, running, arrivals: arrivals.length }).toStrictEqual({
      requests: {
        'POST /inputs': { count: 1, bodyBytes: body.length },
        'GET /inputs/{input_id}': { count: 1, bodyBytes: 0 },
        'GET ?': { count: 1, bodyBytes: 0 },
      },
      bodyBytes: body.length,
      running: { requests: 0, bodyBytes: 0 },
      arrivals: 3,
    });
  });

  it('refuse a fault script with a mistake, and say where', async () => {
    const reply = await account.send('PUT', '/practice/faults', [{ kind: 'status', http: 999 }], {
      'X-Practice-Control': account.pat,
    });
    expect(reply.http).toBe(400);
    expect(reply.text).toMatch(/http/);
  });
});
