/** Pauses of folders and for a time, rules of the host, and what a kill in between leaves. */
import { mkdirSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { LedgerDamagedError } from '../../electron/engine/ledger/open-errors.ts';
import { startEngineHere } from '../support/engine-here.ts';
import { jpeg, variantsOf } from '../support/pictures.ts';
import { clock, folder, here, HOUR_MS, putAhead, soon } from './steered-engine.ts';

/** Two folders of photos; the first picture of the one lies in the other, too. */
async function makeFolders(count: number): Promise<{ readonly slow: string; readonly quick: string }> {
  const [slow, quick] = ['slow', 'quick'].map((name) => path.join(folder.path, name)) as [string, string];
  const pictures = variantsOf(await jpeg({ width: 90, height: 60, seed: 8 }), 2 * count);
  for (const [root, from] of [
    [slow, 0],
    [quick, count],
  ] as const) {
    mkdirSync(root);
    for (const [index, bytes] of pictures.slice(from, from + count).entries())
      await writeFile(path.join(root, `${index}.jpg`), bytes);
  }
  await copyFile(path.join(slow, '0.jpg'), path.join(quick, 'copy.jpg'));
  return { slow, quick };
}

const states = (): Record<string, number> => {
  const counted: Record<string, number> = {};
  for (const { path: file, state } of here.files()) {
    const key = `${path.basename(path.dirname(file))} ${String(state)}`;
    counted[key] = (counted[key] ?? 0) + 1;
  }
  return counted;
};
const holds = async (): Promise<string[]> =>
  (await here.engine.api.overallProgress({})).holds.map(({ kind }) => kind);

/** Watches both folders, the first of which is paused before anything of it is sent. */
async function pauseSlow(count: number, until: number | null) {
  const { api } = here.engine;
  const roots = await makeFolders(count);
  await here.ingest(roots.slow);
  await api.pause({});
  const { folders } = await api.folders({});
  const folderId = folders.find((one) => one.path === roots.slow)?.id ?? 0;
  await api.pauseFolder({ folderId, until });
  await api.resume({});
  await here.ingest(roots.quick);
  const { destinationId } = await api.glance({ destinationId: null });
  return { ...roots, folderId, destinationId };
}

it('sends nothing of a paused folder but what an open one holds, says so, and goes on when it is resumed', async () => {
  const { api } = here.engine;
  const { slow, folderId, destinationId } = await pauseSlow(6, null);
  for (const name of ['HOME', 'USERPROFILE']) vi.stubEnv(name, folder.path);
  await soon(async () => {
    expect(states()).toMatchObject({ 'quick indexed': 7 });
    expect((await api.overallProgress({})).state).toBe('owner');
  });
  // Some of it may have left before; the picture that lies in both is one upload.
  const resting = states()['slow queued'] ?? 0;
  expect(resting).toBeGreaterThan(0);
  const queue = await api.queue({ destinationId });
  expect(queue.pausedFolders).toEqual([{ id: folderId, path: slow, until: null }]);
  expect(queue.waits).toEqual([{ reason: 'resting', count: resting, until: null, folders: ['~/slow'] }]);
  expect(await api.plan({ destinationId })).toMatchObject({ photoCount: 0, restingCount: resting });
  await writeFile(path.join(slow, 'new.jpg'), await jpeg({ width: 90, height: 60, seed: 99 }));
  await soon(() => expect(states()).toMatchObject({ 'slow queued': resting + 1 }));
  await api.resumeFolder({ folderId });
  await here.until(() => expect(states()).toEqual({ 'slow indexed': 7, 'quick indexed': 7 }));
});

it('ends a pause of a folder, and one of everything, when their time comes, also after a sleep', async () => {
  const { api } = here.engine;
  const { folderId, destinationId } = await pauseSlow(4, clock.now() + HOUR_MS);
  await soon(async () => {
    expect(states()).toMatchObject({ 'quick indexed': 5 });
    expect((await api.overallProgress({})).state).toBe('owner');
  });
  const resting = states()['slow queued'] ?? 0;
  expect(resting).toBeGreaterThan(0);
  await api.pause({ until: clock.now() + 2 * HOUR_MS });
  await expect(api.pause({ until: clock.now() - 1 })).rejects.toThrow(/over already/u);
  expect((await api.queue({ destinationId })).holds).toMatchObject([
    { kind: 'paused', until: expect.any(Number) as number },
  ]);
  putAhead(HOUR_MS + 1000);
  await api.wokeUp({});
  await soon(async () => {
    const { folders } = await api.folders({});
    expect(folders.find(({ id }) => id === folderId)).toMatchObject({ pausedAt: null });
    expect([await holds(), states()['slow queued']]).toEqual([['paused'], resting]);
  });
  putAhead(2 * HOUR_MS + 1000);
  await api.wokeUp({});
  await here.until(() => expect(states()).toEqual({ 'slow indexed': 4, 'quick indexed': 5 }));
});

it('ends a pause that ran out while it was off before its account has anything to tell', async () => {
  const { api } = here.engine;
  const { quick } = await makeFolders(1);
  await here.ingest(quick);
  await here.until(() => undefined);
  await api.pause({ until: clock.now() + HOUR_MS });
  const { dataFolder } = here;
  await here.engine.stop();
  putAhead(HOUR_MS + 1000);
  const next = await startEngineHere({ clock, dataFolder });
  try {
    expect((await next.engine.api.overallProgress({})).holds).toEqual([]);
    expect(next.log.filter(({ event }) => event === 'upload.change-not-told')).toEqual([]);
  } finally {
    await next[Symbol.asyncDispose]();
  }
});

it('rests by the rules of the host, lets the owner send through, and rests again the next time', async () => {
  const { api } = here.engine;
  const { quick } = await makeFolders(4);
  await api.hostRests({ onBattery: true, onMetered: true });
  await here.ingest(quick);
  await soon(async () => {
    const { holds: held, counts } = await api.overallProgress({});
    expect(held.map(({ kind }) => kind).toSorted()).toEqual(['on-battery', 'on-metered']);
    expect(counts.queued + counts.found).toBe(5);
  });
  await api.sendAllTheSame({ kind: 'on-battery' });
  expect(await holds()).toEqual(['on-metered']);
  await api.hostRests({ onBattery: true, onMetered: false });
  await here.until(() => expect(states()).toEqual({ 'quick indexed': 5 }));
  expect(await here.postCount()).toBeGreaterThan(0);
  // Back on mains, and on battery once more.
  await api.hostRests({ onBattery: false, onMetered: false });
  await api.hostRests({ onBattery: true, onMetered: false });
  expect(await holds()).toEqual(['on-battery']);
});

it('lets a rest for the host stand over a restart until the host has told, and what is sent through it', async () => {
  const { api } = here.engine;
  const { quick, slow } = await makeFolders(3);
  await api.hostRests({ onBattery: true, onMetered: true });
  await here.ingest(quick);
  await soon(async () => expect((await api.overallProgress({})).counts.queued).toBe(4));
  await api.sendAllTheSame({ kind: 'on-battery' });
  const { dataFolder } = here;
  await here.engine.stop();
  const next = await startEngineHere({ clock, dataFolder, tellsRests: true });
  try {
    const nextApi = next.engine.api;
    const held = async () => (await nextApi.overallProgress({})).holds.map(({ kind }) => kind);
    await next.ingest(slow);
    await soon(async () => expect((await nextApi.overallProgress({})).counts.queued).toBe(6));
    expect([await held(), await next.postCount()]).toEqual([['on-metered'], 0]);
    await nextApi.hostRests({ onBattery: true, onMetered: false });
    await next.until(() => expect(next.files().every(({ state }) => state === 'indexed')).toBe(true));
    // The battery's reason lasts, and so does the owner's wish.
    expect(await held()).toEqual([]);
  } finally {
    await next[Symbol.asyncDispose]();
  }
});

it('sends nothing at its start before a host that has rules has told of them', async () => {
  const { quick } = await makeFolders(3);
  const { dataFolder } = here;
  await here.engine.stop();
  const next = await startEngineHere({ clock, dataFolder, tellsRests: true });
  try {
    const { api } = next.engine;
    await next.ingest(quick);
    await soon(async () => {
      const { holds: held, counts } = await api.overallProgress({});
      expect([held, counts.queued]).toEqual([[], 4]);
      expect(next.engine.ledger.db.prepare('SELECT count(ready_bytes) FROM upload').pluck().get()).toBe(4);
    });
    expect(await next.postCount()).toBe(0);
    await api.hostRests({ onBattery: false, onMetered: false });
    await next.until(() => expect(next.files().every(({ state }) => state === 'indexed')).toBe(true));
  } finally {
    await next[Symbol.asyncDispose]();
  }
});

it('pauses an account that comes while everything is paused, and says the limit that is in force', async () => {
  const { api, ledger } = here.engine;
  const { quick, slow } = await makeFolders(1);
  await here.ingest(quick);
  await here.until(() => undefined);
  await api.pause({ until: clock.now() + HOUR_MS });
  const destination = { baseUrl: 'practice:', userId: here.practice.userId, appId: 'other' };
  await api.startIngest({ folders: [slow], destination, concepts: [], notConcepts: [] });
  const id = ledger.destinations.all().find(({ appId }) => appId === 'other')?.id ?? 0;
  expect(ledger.holds.of(id)).toMatchObject([{ kind: 'paused', until: expect.any(Number) as number }]);
  // A pause that ends by itself waits for nobody.
  expect((await api.overallProgress({})).state).toBe('working');
  const timetable = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0, limit: 0 }];
  await api.saveSending({ settings: { limit: 500_000, timetable } });
  expect((await api.sending({})).now.limit).toBe(0);
  await api.sendAllTheSame({ kind: 'scheduled' });
  expect((await api.sending({})).now.limit).toBe(500_000);
});

it('keeps order, limit and a paused folder over a restart, and finishes turns that a kill left half-way', async () => {
  const { api, ledger } = here.engine;
  const { destinationId } = await pauseSlow(5, null);
  await soon(() => expect(states()).toMatchObject({ 'quick indexed': 6 }));
  const timetable = [{ days: [1], from: 60, to: 120, limit: 50_000 }];
  await api.saveSending({ settings: { order: 'smallest', limit: 80_000, timetable, batchesInFlight: 2 } });
  const resting = ledger.turns.restingCount(destinationId);
  expect(resting).toBeGreaterThan(0);
  // As a kill right after the pause was written leaves it: the old turns, and a count that they are old.
  ledger.db.exec(`UPDATE upload SET turn = photo_id WHERE state = 'queued';
    UPDATE turn_change SET made = made + 1`);
  const { dataFolder } = here;
  await here.engine.stop();
  const next = await startEngineHere({ clock, dataFolder });
  try {
    await soon(() => expect(next.engine.ledger.turns.restingCount(destinationId)).toBe(resting));
    expect((await next.engine.api.sending({})).settings).toEqual({
      order: 'smallest',
      batchesInFlight: 2,
      limit: 80_000,
      timetable,
    });
    expect(await next.postCount()).toBe(0);
  } finally {
    await next[Symbol.asyncDispose]();
  }
});

it('says how long a plan takes before anything was sent in its life, by the last run and within the limit', async () => {
  const { quick } = await makeFolders(6);
  await here.ingest(quick);
  await here.until(() => expect(states()).toEqual({ 'quick indexed': 7 }));
  const { dataFolder } = here;
  await here.engine.stop();
  const next = await startEngineHere({ clock, dataFolder });
  try {
    const { api } = next.engine;
    await api.pause({});
    const bytes = await jpeg({ width: 900, height: 600, seed: 77 });
    await writeFile(path.join(quick, 'late.jpg'), bytes);
    const { destinationId } = await api.glance({ destinationId: null });
    await soon(async () => {
      const plan = await api.plan({ destinationId });
      expect([plan.photoCount, plan.undecidedCount]).toEqual([1, 0]);
      expect(plan.secondsLeft).toBeGreaterThan(0);
    });
    await api.saveSending({ settings: { limit: 10_000 } });
    const { secondsLeft, bodyBytes } = await api.plan({ destinationId });
    expect(secondsLeft).toBeGreaterThanOrEqual(Math.ceil(bodyBytes.value / 10_000));
    expect(await next.postCount()).toBe(0);
  } finally {
    await next[Symbol.asyncDispose]();
  }
});

it('says of everything that the ledger is damaged when turns could not be taken for it', async () => {
  const { api, ledger } = here.engine;
  const { quick } = await makeFolders(1);
  await here.ingest(quick);
  await here.until(() => undefined);
  vi.spyOn(ledger.turns, 'take').mockImplementation(() => {
    throw new LedgerDamagedError('ledger.db', 'a page is missing', null);
  });
  await api.saveSending({ settings: { order: 'newest' } });
  await soon(() => expect(api.overallProgress({})).rejects.toThrow(/is damaged/u));
});

it('refuses settings that make no sense, in words', async () => {
  const { api } = here.engine;
  await expect(api.saveSending({ settings: { limit: 500 } })).rejects.toThrow(/at least 10 kB/u);
  await expect(api.saveSending({ settings: { batchesInFlight: 0 } })).rejects.toThrow(/from 1 to 8/u);
  const timetable = [{ days: [], from: 0, to: 60, limit: null }];
  await expect(api.saveSending({ settings: { timetable } })).rejects.toThrow(/at least one day/u);
  await expect(api.pauseFolder({ folderId: 99, until: null })).rejects.toThrow(/not watched any more/u);
});
