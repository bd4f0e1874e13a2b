import { mkdtemp, rm, truncate, utimes, writeFile, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTransport } from '../../electron/engine/clarifai/transport.ts';
import {
  BODY_FRAME_BYTES,
  bodyBytesOf,
  createInputsBody,
  FileChangedError,
} from '../../electron/engine/upload/body.ts';
import type { BodyEntry, FileUnreadableError, InputsBody } from '../../electron/engine/upload/body.ts';
import { jsonAnswer, startTestServer, until } from './test-server.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'body-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bytes that differ from place to place and from seed to seed. */
function bytesOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = (index * 31 + (index >> 9) + seed) & 255;
  return bytes;
}

async function picture(name: string, bytes: Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

async function collect(body: InputsBody): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of body.stream()) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

/** What the body has to be, the simple way. */
function naive(entries: readonly (BodyEntry & { content: Buffer })[]): string {
  return JSON.stringify({
    inputs: entries.map((entry) => ({
      id: entry.inputId,
      data: {
        image: { base64: entry.content.toString('base64') },
        ...(entry.concepts.length > 0 && { concepts: entry.concepts }),
        ...(entry.metadata && { metadata: entry.metadata }),
        ...(entry.geo && { geo: entry.geo }),
      },
      ...(entry.datasetIds && { dataset_ids: entry.datasetIds }),
    })),
  });
}

const READ = 6 * 72 * 1024;

test('the body is what JSON.stringify makes, byte by byte, and can be made again', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  const entry = fc.record(
    {
      inputId: text,
      size: fc.oneof(
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(72 * 1024, 72 * 1024 + 1, READ - 1, READ, READ + 1, 2 * READ + 2),
      ),
      concepts: fc.array(fc.record({ id: text, value: fc.constantFrom(0, 1) }), { maxLength: 3 }),
      metadata: fc.dictionary(text, fc.jsonValue(), { maxKeys: 3 }),
      geo: fc.record({
        geo_point: fc.record({
          longitude: fc.double({ min: -180, max: 180, noNaN: true }),
          latitude: fc.double({ min: -90, max: 90, noNaN: true }),
        }),
      }),
      datasetIds: fc.array(text, { maxLength: 2 }),
    },
    { requiredKeys: ['inputId', 'size', 'concepts'] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 5 }), async (drawn) => {
      const entries = await Promise.all(
        drawn.map(async ({ size, ...rest }, index) => {
          const content = bytesOf(size, index);
          return { ...rest, content, bytes: size, file: await picture(`p${String(index)}`, content) };
        }),
      );
      const body = await createInputsBody(entries);
      const expected = Buffer.from(naive(entries));
      const made = [await collect(body), await collect(body)];
      await body.close();
      expect(made.map((bytes) => bytes.equals(expected))).toEqual([true, true]);
      expect(body.contentLength).toBe(expected.length);
      const packed = entries.reduce((total, each) => total + bodyBytesOf(each), entries.length - 1);
      expect(packed + BODY_FRAME_BYTES).toBe(expected.length);
    }),
    { numRuns: 40 },
  );
});

test('a server that takes its time gets every byte, though chunks are used again', async () => {
  const contents = Array.from({ length: 12 }, (_, index) => bytesOf(1_500_000 + index, index * 7));
  const entries = await Promise.all(
    contents.map(async (content, index) => ({
      inputId: `slow-${String(index)}`,
      file: await picture(`slow-${String(index)}`, content),
      bytes: content.length,
      concepts: [{ id: 'a', value: 1 }],
      content,
    })),
  );
  const received: Buffer[] = [];
  const server = await startTestServer((request, response) => {
    void (async () => {
      for await (const chunk of request) {
        received.push(chunk as Buffer);
        // Lets the socket fill up and the client wait for it again and again.
        if (received.length % 8 === 0) await new Promise((done) => setTimeout(done, 1));
      }
      response.end('{}');
    })();
  });
  const body = await createInputsBody(entries);
  let counted = 0;
  const outcome = await createTransport({ fetch })({
    url: server.url,
    method: 'POST',
    headers: {},
    body,
    onBytes: (bytes) => (counted += bytes),
  });
  await body.close();
  await server.stop();
  expect(outcome).toMatchObject({ kind: 'answer', http: 200 });
  const whole = Buffer.concat(received);
  expect(whole.equals(Buffer.from(naive(entries)))).toBe(true);
  expect(server.seen[0]?.headers['content-length']).toBe(String(whole.length));
  expect(counted).toBe(whole.length);
});

test('a file that changed before or while it was sent aborts the request and names the input', async () => {
  const server = await startTestServer(jsonAnswer({}));
  const size = 4 * READ;
  const changes: readonly ((file: string) => Promise<void>)[] = [
    (file) => truncate(file, size - 5),
    (file) => writeFile(file, bytesOf(10, 1), { flag: 'a' }),
    (file) => utimes(file, 1, 1),
  ];
  for (const [index, change] of changes.entries()) {
    const name = `changed-${String(index)}`;
    const file = await picture(name, bytesOf(size, index));
    const body = await createInputsBody([{ inputId: name, file, bytes: size, concepts: [] }]);
    let changed = false;
    const sent = createTransport({ fetch })({
      url: server.url,
      method: 'POST',
      headers: {},
      body: {
        contentLength: body.contentLength,
        async *stream() {
          for await (const chunk of body.stream()) {
            if (!changed) await change(file);
            changed = true;
            yield chunk;
          }
        },
      },
    });
    await expect(sent).rejects.toMatchObject({ name: 'FileChangedError', inputId: name });
    await body.close();
    const late = createInputsBody([{ inputId: name, file, bytes: size + 1, concepts: [] }]);
    await expect(late).rejects.toBeInstanceOf(FileChangedError);
  }
  await until(() => server.seen.every((seen) => seen.cutAt !== undefined));
  expect(server.seen.map((seen) => seen.body)).toEqual(changes.map(() => undefined));
  await server.stop();
});

test('a file that cannot be opened names the input, and the others do not stay open', async () => {
  const file = await picture('there', bytesOf(9, 9));
  const there = { inputId: 'there', file, bytes: 9, concepts: [] };
  const gone = { ...there, inputId: 'gone', file: path.join(folder, 'nowhere') };
  const made = createInputsBody([there, gone, there]);
  await expect(made).rejects.toMatchObject({ name: 'FileUnreadableError', inputId: 'gone' });
  await expect(made).rejects.toSatisfy(
    (error: FileUnreadableError) => (error.cause as NodeJS.ErrnoException).code === 'ENOENT',
  );
  await expect(createInputsBody([])).rejects.toThrow(RangeError);
  await expect(createInputsBody(Array.from({ length: 129 }, () => there))).rejects.toThrow(RangeError);
});

test('an open file that was handed in stays the caller’s', async () => {
  const content = bytesOf(100, 3);
  const file = await open(await picture('mine', content));
  const entry = { inputId: 'mine', file, bytes: 100, concepts: [], content };
  const body = await createInputsBody([entry]);
  expect((await collect(body)).toString()).toBe(naive([entry]));
  await body.close();
  expect((await file.stat()).size).toBe(100);
  await file.close();
});

test('a batch of 96 MB takes less than 64 MB of memory more', async () => {
  const names = Array.from({ length: 128 }, (_, index) => `big-${String(index)}`);
  await Promise.all(names.map((name, index) => picture(name, bytesOf(562_500, index))));
  const server = await startTestServer((request, response) => {
    request.resume().once('end', () => response.end('{}'));
  });
  const child = fork(path.join(import.meta.dirname, 'body-memory.ts'), [folder, server.url], {
    execArgv: [],
  });
  const [report] = (await once(child, 'message')) as [
    { contentLength: number; extraBytes: number; ms: number },
  ];
  child.kill();
  await server.stop();
  console.log(
    `body of ${(report.contentLength / 1e6).toFixed(1)} MB: +${(report.extraBytes / 1e6).toFixed(1)} MB, ` +
      `${(report.contentLength / 1000 / report.ms).toFixed(0)} MB/s`,
  );
  expect(report.contentLength).toBeGreaterThan(96_000_000);
  expect(report.extraBytes).toBeLessThan(64_000_000);
});
