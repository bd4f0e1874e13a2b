/** What is wrong with an account is told before it is used, in words for whoever typed it. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkAccount, checkKnownAccount } from '../../electron/engine/account-check.ts';
import { realClock } from '../../electron/engine/clock.ts';
import { listen } from '../support/listen.ts';
import { startPractice, type Practice } from '../support/practice.ts';

let practice: Practice;
let odd: Server;
let oddBase: string;
/** What the odd server answers. */
let answer: { status: number; type: string; body: string; headers?: Record<string, string> };
const asked: string[] = [];

beforeAll(async () => {
  practice = await startPractice();
  odd = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers });
    response.end(answer.body);
  });
  oddBase = `http://127.0.0.1:${await listen(odd)}`;
});
afterAll(async () => {
  odd.close();
  await practice.stop();
});

function check(change: Partial<{ baseUrl: string; userId: string; appId: string; pat: string }> = {}) {
  const { apiBase, userId, appId, pat } = practice;
  const account = { baseUrl: apiBase, userId, appId, pat, ...change };
  return checkAccount(account, { fetch: globalThis.fetch, clock: realClock });
}

function status(http: number, code: number, words: string): typeof answer {
  const body = JSON.stringify({ status: { code, description: words, details: words } });
  return { status: http, type: 'application/json', body };
}

it('finds nothing wrong with a good account, and changes nothing there', async () => {
  await practice.resetStats();
  expect(await check()).toEqual({ ok: true, inputCount: 0 });
  expect(Object.keys((await practice.stats()).requests)).toEqual(['GET /inputs/status', 'GET /concepts']);
});

it('tells a wrong token, user and app apart', async () => {
  const wrong = await check({ pat: 'wrong-token-with-a-secret' });
  expect(wrong).toMatchObject({
    ok: false,
    problem: 'wrong-token',
    sentence: expect.stringContaining('(PAT)'),
  });
  expect(JSON.stringify(wrong)).not.toContain('wrong-token-with-a-secret');
  expect(await check({ pat: 'two words' })).toMatchObject({ problem: 'wrong-token' });
  for (const change of [{ userId: 'nobody' }, { appId: 'none' }]) {
    expect(await check(change)).toMatchObject({
      problem: 'wrong-user-or-app',
      detail: expect.stringContaining('11101'),
    });
  }
});

it('tells what a token may not, and a service with trouble from one that is none', async () => {
  const cases = [
    [status(403, 11007, 'Insufficient scopes'), 'missing-scope', 'not allowed to read inputs'],
    [status(401, 11008, 'Key invalid'), 'wrong-token', 'does not know this token'],
    [status(429, 11005, 'Throttled'), 'throttled', 'too many requests'],
    [status(402, 11006, 'Limits'), 'other', 'quota'],
    [status(403, 11000, 'Account issues'), 'other', 'state of your account'],
    [status(500, 10020, 'Failure'), 'other', 'trouble of its own'],
    [
      { status: 200, type: 'text/html', body: '<html>Sign in to the Wi-Fi</html>' },
      'not-the-service',
      'sign-in',
    ],
    [{ status: 404, type: 'text/html', body: 'not found' }, 'not-the-service', 'correct the address'],
    [
      { status: 302, type: 'text/html', body: '', headers: { location: '/portal' } },
      'not-the-service',
      'sign-in',
    ],
  ] as const;
  for (const [given, problem, words] of cases) {
    answer = given;
    const found = await check({ baseUrl: oddBase });
    expect(found, words).toMatchObject({ ok: false, problem, sentence: expect.stringContaining(words) });
  }
  expect(new Set(asked.map((line) => line.split(' ')[0]))).toEqual(new Set(['GET']));
});

it('checks a known account with the token that the host keeps, and says when there is none that may be used', async () => {
  const { apiBase, userId, appId, pat } = practice;
  const host = {
    fetch: globalThis.fetch,
    clock: realClock,
    pat: (baseUrl: string) => Promise.resolve(baseUrl === apiBase ? pat : null),
    practice: () => Promise.resolve({ apiBase, userId, appId, pat }),
  };
  const names = { userId, appId };
  expect(await checkKnownAccount({ baseUrl: apiBase, ...names }, host)).toMatchObject({ ok: true });
  expect(await checkKnownAccount({ baseUrl: 'practice:', ...names }, host)).toMatchObject({ ok: true });
  expect(await checkKnownAccount({ baseUrl: oddBase, ...names }, host)).toMatchObject({
    problem: 'no-token',
    sentence: expect.stringContaining('no token'),
  });
  const locked = { ...host, pat: () => Promise.reject(new Error('Unlock the keychain.')) };
  expect(await checkKnownAccount({ baseUrl: apiBase, ...names }, locked)).toEqual({
    ok: false,
    problem: 'other',
    sentence: 'Unlock the keychain.',
    detail: null,
  });
});

it('tells an address that nobody answers at', async () => {
  const free = createServer();
  const port = await listen(free);
  await new Promise((resolve) => free.close(resolve));
  expect(await check({ baseUrl: `http://127.0.0.1:${port}` })).toMatchObject({
    problem: 'offline',
    sentence: expect.stringContaining('network'),
  });
});
