/** A practice account inside the test's own process, and the pictures that are posted to it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { startPracticeServer, type PracticeServerOptions } from '../../electron/practice/server.ts';
import type { FaultRule, PracticeInput, PracticeStats } from '../support/practice.ts';

/** A reply with its JSON read; `json` is null when the body is none. */
export interface Answered {
  readonly http: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

const answered = async (response: Response): Promise<Answered> => {
  const text = await response.text();
  let json = null as never;
  try {
    json = JSON.parse(text) as never;
  } catch {
    // Not JSON: the test looks at the text.
  }
  return { http: response.status, headers: response.headers, text, json };
};

/** Starts an account without rate limit, quick and on a temporary folder, unless told otherwise. */
export const startAccount = async (options: Partial<PracticeServerOptions> = {}) => {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'practice-')));
  const problems: unknown[] = [];
  const server = await startPracticeServer({
    indexingMs: 20,
    deletionMs: 20,
    unlimitedRate: true,
    onProblem: (error) => problems.push(error),
    ...options,
    dataDir,
  });
  const base = `${server.apiBase}/v2/users/${server.userId}/apps/${server.appId}`;
  const send = async (method: string, url: string, body?: unknown, headers: Record<string, string> = {}) =>
    answered(
      await fetch(url.startsWith('http') ? url : `${server.apiBase}${url}`, {
        method,
        headers: { Authorization: `Key ${server.pat}`, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
  const control = async (method: string, route: string, body?: unknown): Promise<unknown> =>
    (await send(method, `/practice/${route}`, body, { 'X-Practice-Control': server.pat })).json;
  const call = (method: string, route: string, body?: unknown) => send(method, `${base}${route}`, body);
  return {
    ...server,
    dataDir,
    base,
    problems,
    /** Any URL of the server, with the PAT unless other headers are given. */
    send,
    /** A route of the app, in the long form. */
    call,
    control,
    stats: async () => (await control('GET', 'stats')) as PracticeStats,
    inputs: async () => (await control('GET', 'inputs')) as PracticeInput[],
    setFaults: (rules: readonly FaultRule[]) => control('PUT', 'faults', rules),
    /** Waits until no input is pending or in progress. */
    settled: async (): Promise<void> => {
      await until(async () => {
        const { counts } = (await call('GET', '/inputs/status')).json as { counts?: Record<string, number> };
        return counts?.['to_process'] === 0 && counts['processing'] === 0;
      });
    },
    close: async (): Promise<void> => {
      await server.stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
};
export type TestAccount = Awaited<ReturnType<typeof startAccount>>;

/** Asks again until the condition holds; the test's own time limit ends it otherwise. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(5);
};

/** A small picture of one colour; another `shade` gives other bytes. */
export const picture = (shade = 0, format: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' = 'jpeg') =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r: shade % 256, g: 90, b: 30 } } })
    .toFormat(format)
    .toBuffer();

/** An input with a picture's bytes. */
export const inputOf = (id: string | null, bytes: Buffer, data: Record<string, unknown> = {}) => ({
  id,
  data: { image: { base64: bytes.toString('base64') }, ...data },
});

/** The status code of each item of a list reply, and its details where it has some. */
export const outcomes = ({ json }: Answered, field = 'inputs'): [unknown, number, string?][] => {
  const items = json[field] as { id: unknown; status: { code: number; details?: string } }[];
  return items.map(({ id, status }) =>
    status.details === undefined ? [id, status.code] : [id, status.code, status.details],
  );
};

/** The code of the reply as a whole. */
export const codeOf = ({ json }: Answered): number => (json['status'] as { code: number }).code;
