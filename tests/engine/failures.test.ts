/** Failures of real causes: shown by cause, tried again where that can help, left out and brought back. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { addFile, addPhoto, destinationOf } from '../ledger/fixture.ts';
import { startEngineHere, type EngineHere } from '../support/engine-here.ts';
import { inputIdOfFile } from '../support/input-id.ts';
import { avif, damagedPng, heavyJpeg, jpeg, truncatedJpeg } from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';
import type { FailedPhoto, RetryDone } from '#shared/failures.ts';

/** The calls of one account. */
function callsOf({ engine: { api } }: EngineHere, destinationId: number) {
  return {
    /** Photos and files by cause. */
    groups: async (): Promise<Record<string, readonly [photos: number, files: number]>> => {
      const { groups } = await api.failureGroups({ destinationId });
      return Object.fromEntries(
        groups.map(({ cause, photoCount, fileCount }) => [cause, [photoCount, fileCount]]),
      );
    },
    rows: async (cause: string): Promise<readonly FailedPhoto[]> =>
      (await api.failurePhotos({ destinationId, cause, from: 0, count: 100 })).rows,
    retry: async (cause: string | null, way: Parameters<typeof api.retryFailures>[0]['way'] = 'again') => {
      const which = cause === null ? ({ all: true } as const) : { cause };
      const { asOf: _, ...done } = await api.retryFailures({ destinationId, which, way });
      return {
        ...done,
        left: Object.fromEntries(done.left.map(({ why, count }) => [why, count])),
      } satisfies Omit<RetryDone, 'asOf' | 'left'> & { left: object };
    },
    skip: (cause: string) => api.skipFailures({ destinationId, which: { cause } }),
    undo: () => api.undo({ destinationId }),
    redo: () => api.redo({ destinationId }),
  };
}

const soon = (check: () => Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 40_000, interval: 50 });

it('eight causes are told, remedied, and sent again only when something changed', async () => {
  await using watched = await temporaryFolder();
  const at = (name: string): string => path.join(watched.path, name);
  await using here = await startEngineHere();
  const { api } = here.engine;
  await writeFile(at('refused.jpg'), await jpeg({ seed: 1 }));
  await writeFile(at('stuck.jpg'), await jpeg({ seed: 2 }));
  await writeFile(at('fine.jpg'), await jpeg({ seed: 3 }));
  await writeFile(at('lossy.avif'), await avif({ seed: 4 }));
  await writeFile(at('heavy.jpg'), await heavyJpeg({ seed: 5 }));
  await writeFile(at('half.jpg'), await truncatedJpeg(0.5, { seed: 6 }));
  await writeFile(at('noise.png'), await damagedPng({ seed: 7 }));
  await writeFile(at('empty.jpg'), '');
  const stuckId = await inputIdOfFile(at('stuck.jpg'));
  await here.practice.setFaults([
    {
      kind: 'per-input',
      code: 30_106,
      details: 'Not this one.',
      inputIds: [await inputIdOfFile(at('refused.jpg'))],
    },
    { kind: 'indexing-failure', inputIds: [stuckId] },
  ]);
  await api.startIngest({
    folders: [watched.path],
    destination: null,
    concepts: [],
    notConcepts: [],
    sends: 'original',
  });
  const { destinationId } = await api.glance({ destinationId: null });
  const { groups, rows, retry, skip, undo, redo } = callsOf(here, destinationId);
  const withoutGone = {
    'refused-by-service': [1, 0],
    'indexing-failed': [1, 0],
    'format-not-accepted': [1, 0],
    'too-large': [1, 0],
    incomplete: [1, 0],
    'cannot-decode': [1, 0],
    'file-empty': [0, 1],
  };
  await here.until(async () => expect(await groups()).toEqual(withoutGone));
  // One is taken away while it waits.
  await api.pause({});
  await writeFile(at('gone.jpg'), await jpeg({ seed: 8 }));
  await soon(async () => expect((await api.glance({ destinationId })).counts.queued).toBe(1));
  await rm(at('gone.jpg'));
  const all = { ...withoutGone, 'file-gone': [1, 0] };
  await soon(async () => expect(await groups()).toEqual(all));
  await api.resume({});
  expect((await api.glance({ destinationId })).failureCount).toBe(8);

  const [refused] = await rows('refused-by-service');
  expect(refused).toMatchObject({
    path: at('refused.jpg'),
    isThere: true,
    fileId: null,
    row: { name: 'refused.jpg', state: 'failed', hasThumbnails: true },
    statusCode: 30_106,
    detail: expect.stringContaining('Not this one.'),
    requestId: expect.stringMatching(/./u),
    attempts: 1,
  });
  expect((await rows('file-gone'))[0]).toMatchObject({ path: at('gone.jpg'), isThere: false });
  expect((await rows('file-empty'))[0]).toMatchObject({ path: at('empty.jpg'), photoId: null, row: null });

  // Nothing changed: only what the service refused goes out, and is refused again.
  const posts = await here.postCount();
  expect(await retry(null)).toEqual({
    queuedCount: 1,
    readAgainCount: 1,
    left: { unchanged: 4, gone: 1, 'still-there': 1 },
    folderCount: 1,
    holds: [],
  });
  await soon(async () => expect((await rows('refused-by-service'))[0]?.attempts).toBe(2));
  await here.until(async () => expect(await groups()).toEqual(all));
  expect((await here.postCount()) - posts).toBe(1);
  expect(await retry('cannot-decode')).toMatchObject({ queuedCount: 0, left: { unchanged: 1 } });
  expect(await retry('too-large')).toMatchObject({ queuedCount: 0, left: { unchanged: 1 } });
  expect(await here.postCount()).toBe(posts + 1);

  // The list, without what lies above the folder.
  const { text, nextFrom } = await api.failuresCsv({ destinationId, from: 0 });
  expect([text.trimEnd().split('\r\n').length, nextFrom]).toEqual([9, null]);
  expect(text).toContain(`${path.basename(watched.path)}/refused.jpg,refused-by-service,`);
  expect(text).not.toContain(path.dirname(watched.path) + path.sep);

  // Each remedy does what it says.
  await here.practice.clearFaults();
  expect(await retry('refused-by-service')).toMatchObject({ queuedCount: 1, left: {} });
  expect(await retry('too-large', 'smaller-copy')).toMatchObject({ queuedCount: 1, left: {} });
  expect(await retry('format-not-accepted', 'smaller-copy')).toMatchObject({ queuedCount: 1, left: {} });
  expect(await retry('indexing-failed', 'remove-there')).toMatchObject({ queuedCount: 1, left: {} });
  await writeFile(at('gone.jpg'), await jpeg({ seed: 8 }));
  await here.until(async () =>
    expect(await groups()).toEqual({ incomplete: [1, 0], 'cannot-decode': [1, 0], 'file-empty': [0, 1] }),
  );
  const { requests, inputs } = await here.practice.stats();
  expect([requests['DELETE /inputs']?.count, inputs]).toEqual([1, 6]);
  expect((await here.practice.inputs()).find(({ id }) => id === stuckId)?.status).toBe(30_000);
  expect(await retry('incomplete', 'as-it-is')).toMatchObject({ queuedCount: 1, left: {} });
  // What it is worth to the service is its own affair: it has the input now.
  await here.until(async () => expect((await here.practice.stats()).inputs).toBe(7));

  // Left out for good, and brought back as it was.
  const before = await rows('cannot-decode');
  expect(await skip('cannot-decode')).toMatchObject({ kind: 'skip', photoCount: 1, fileCount: 0 });
  expect((await groups())['cannot-decode']).toBeUndefined();
  expect((await api.glance({ destinationId })).counts.skipped).toBe(1);
  expect(await undo()).toMatchObject({ photoCount: 1, leftCount: 0 });
  const { row: _, ...was } = before[0] ?? { row: null };
  expect((await rows('cannot-decode'))[0]).toMatchObject({ ...was, attempts: expect.any(Number) });
  expect(await redo()).toMatchObject({ photoCount: 1 });
  expect((await groups())['cannot-decode']).toBeUndefined();

  // A file that is left out stays so over a thorough scan.
  expect(await skip('file-empty')).toMatchObject({ photoCount: 0, fileCount: 1 });
  for (const { id: folderId } of here.engine.ledger.folders.all()) await api.rescanFolder({ folderId });
  await here.until(async () => expect((await groups())['file-empty']).toBeUndefined());
  await undo();
  expect((await groups())['file-empty']).toEqual([0, 1]);

  // What was left out may be taken in again at any time; what fails again says why, and nothing is sent in vain.
  await skip('file-empty');
  const { leftOut } = await api.failureGroups({ destinationId });
  expect(leftOut).toEqual({ photoCount: 1, fileCount: 1 });
  const sent = await here.postCount();
  expect(await api.takeInLeftOut({ destinationId })).toMatchObject({ queuedCount: 0, readAgainCount: 2 });
  await here.until(async () =>
    expect(await groups()).toMatchObject({ 'file-empty': [0, 1], 'cannot-decode': [1, 0] }),
  );
  expect(await here.postCount()).toBe(sent);
}, 120_000);

it('a photo whose file comes back goes by itself, however still everything was meanwhile', async () => {
  await using watched = await temporaryFolder();
  const at = (name: string): string => path.join(watched.path, name);
  await using here = await startEngineHere();
  const { api } = here.engine;
  await writeFile(at('first.jpg'), await jpeg({ seed: 1 }));
  await here.ingest(watched.path);
  await here.untilSynced(watched.path);
  const { destinationId } = await api.glance({ destinationId: null });
  const { groups } = callsOf(here, destinationId);
  await api.pause({});
  await writeFile(at('gone.jpg'), await jpeg({ seed: 2 }));
  await soon(async () => expect((await api.glance({ destinationId })).counts.queued).toBe(1));
  await rm(at('gone.jpg'));
  await soon(async () => expect(await groups()).toEqual({ 'file-gone': [1, 0] }));
  await api.resume({});
  await here.until(() => undefined);
  await writeFile(at('gone.jpg'), await jpeg({ seed: 2 }));
  // Asked as the window asks: to ask for the progress of a run would wake the sending.
  await soon(async () => expect((await api.glance({ destinationId })).counts.indexed).toBe(2));
  expect(await groups()).toEqual({});
}, 120_000);

it('tells once what holds several accounts', async () => {
  await using here = await startEngineHere();
  const { api, ledger } = here.engine;
  const failure = { cause: 'service-trouble', detail: null, at: 3 } as const;
  for (const [n, appId] of ['one', 'two'].entries()) {
    const destinationId = destinationOf(ledger, appId);
    const { id } = ledger.folders.add(`/${appId}`, destinationId, 1);
    const photoId = addPhoto(ledger, n, { at: [destinationId] });
    addFile(ledger, id, 'a.jpg', photoId);
    ledger.photos.decoded(photoId, { at: 2, width: 9, height: 9, recoveredShare: null });
    ledger.uploads.fail(photoId, destinationId, failure);
  }
  await api.pause({});
  const { queuedCount, holds } = await api.retryEverywhere({ cause: null, way: 'again' });
  expect([queuedCount, holds.map(({ kind }) => kind)]).toEqual([2, ['paused']]);
});
