/** Photos that rest with paused folders, however their folders change: none is sent, and none stays behind. */
import { mkdirSync } from 'node:fs';
import { copyFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { removeFolder } from '../../electron/engine/edits/folder-acts.ts';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { startEngineHere } from '../support/engine-here.ts';
import { jpeg, variantsOf } from '../support/pictures.ts';
import { clock, folder, here, HOUR_MS, putAhead, soon } from './steered-engine.ts';

const root = (name: string): string => path.join(folder.path, name);
const idOf = (name: string): number =>
  here.engine.ledger.db
    .prepare<[string], number>('SELECT id FROM folder WHERE path = ?')
    .pluck()
    .get(root(name)) ?? 0;
const resting = (): number => here.engine.ledger.turns.restingCount(1);
const queuedCount = (): number => here.engine.ledger.counts.of(1).queued;
const statesIn = (name: string): (string | null)[] =>
  here
    .files()
    .filter((file) => file.path.startsWith(root(name)))
    .map(({ state }) => state);

/** Queued photos whose place is not that of the order and the pauses of now. */
function wrongTurns({ db }: Pick<Ledger, 'db'> = here.engine.ledger): unknown[] {
  return db
    .prepare(
      `SELECT photo_id, upload.turn FROM upload JOIN turn_now USING (photo_id, destination_id)
       WHERE state = 'queued' AND upload.turn IS NOT turn_now.turn`,
    )
    .all();
}

async function makeFolder(name: string, seed: number, count: number): Promise<string> {
  mkdirSync(root(name));
  const pictures = variantsOf(await jpeg({ width: 90, height: 60, seed }), count);
  for (const [index, bytes] of pictures.entries())
    await writeFile(path.join(root(name), `${seed}-${index}.jpg`), bytes);
  return root(name);
}

const other = () => ({ baseUrl: 'practice:', userId: here.practice.userId, appId: 'other' });
const order = (name: string, destination: ReturnType<typeof other> | null = null) =>
  here.engine.api.startIngest({ folders: [root(name)], destination, concepts: [], notConcepts: [] });

/** Opens the line of the practice account, so that there is something to pause. */
async function openLine(): Promise<void> {
  mkdirSync(root('empty'));
  await order('empty');
}

/** `paused` and `open` hold the same picture; the sending is paused, then `paused` for itself. */
async function twins(destinationOfOpen: 'same' | 'other'): Promise<void> {
  const { api } = here.engine;
  await makeFolder('paused', 1, 1);
  mkdirSync(root('open'));
  await copyFile(path.join(root('paused'), '1-0.jpg'), path.join(root('open'), 'copy.jpg'));
  await openLine();
  await api.pause({});
  await order('paused');
  await soon(() => expect(queuedCount()).toBe(1));
  await order('open', destinationOfOpen === 'same' ? null : other());
  await soon(() => expect(here.files().length).toBe(2));
  await api.pauseFolder({ folderId: idOf('paused'), until: null });
}

it('rests when the open folder goes to another account, and is not sent', async () => {
  await twins('same');
  await order('open', other());
  await here.engine.api.resume({});
  // Something else that goes proves that the sending works.
  await makeFolder('third', 3, 1);
  await order('third');
  await soon(() => expect(statesIn('third')).toEqual(['indexed']));
  expect([wrongTurns(), statesIn('paused')]).toEqual([[], ['queued']]);
  expect((await here.practice.inputs()).length).toBe(1);
});

it('goes when another folder comes to the account of the paused one', async () => {
  await twins('other');
  await soon(() => expect(here.engine.ledger.turns.restingCount(1)).toBe(1));
  await order('open');
  await here.engine.api.resume({});
  await soon(() => expect(here.files().map(({ state }) => state)).toEqual(['indexed', 'indexed']));
});

it('goes when a removed folder that holds it too is taken in again, and when its removal is undone', async () => {
  await twins('same');
  const { api } = here.engine;
  await api.removeFolder({ folderId: idOf('open') });
  await soon(() => expect([wrongTurns(), resting()]).toEqual([[], 1]));
  await api.undo({ destinationId: 1 });
  await soon(() => expect([wrongTurns(), resting()]).toEqual([[], 0]));
  await api.removeFolder({ folderId: idOf('open') });
  await soon(() => expect(resting()).toBe(1));
  await order('open');
  await soon(() => expect([wrongTurns(), resting()]).toEqual([[], 0]));
});

it('has its turn taken anew by the next start when a kill came right after the act', async () => {
  await twins('same');
  const { ledger } = here.engine;
  const open = ledger.folders.byId(idOf('open'));
  if (open === undefined) throw new Error('The folder is not there.');
  const { dataFolder } = here;
  // The act is durable; the engine ends before it follows.
  removeFolder(ledger, open, clock.now());
  expect(wrongTurns().length).toBe(1);
  await here.engine.stop();
  const next = await startEngineHere({ clock, dataFolder });
  try {
    await soon(() => expect(wrongTurns(next.engine.ledger)).toEqual([]));
    expect(next.engine.ledger.turns.restingCount(1)).toBe(1);
  } finally {
    await next[Symbol.asyncDispose]();
  }
});

it('goes in time when a folder that is paused for a time is removed and brought back meanwhile', async () => {
  const { api, ledger } = here.engine;
  await makeFolder('card', 1, 1);
  await order('card');
  await soon(() => expect(statesIn('card')).toEqual(['indexed']));
  await api.pauseFolder({ folderId: idOf('card'), until: clock.now() + HOUR_MS });
  await api.removeFolder({ folderId: idOf('card') });
  await api.wokeUp({});
  await api.undo({ destinationId: 1 });
  await soon(() => expect(ledger.folders.byId(idOf('card'))).toMatchObject({ removedAt: null }));
  expect(ledger.folders.byId(idOf('card'))?.pausedAt).not.toBe(null);
  putAhead(HOUR_MS + 1000);
  await api.wokeUp({});
  await soon(() => expect(ledger.folders.byId(idOf('card'))?.pausedAt).toBe(null));
});

it('rests on in a folder inside of the paused one that is taken in for itself', async () => {
  const { api, ledger } = here.engine;
  mkdirSync(path.join(root('photos'), '2026'), { recursive: true });
  await order('photos');
  await soon(() => expect(idOf('photos')).toBeGreaterThan(0));
  await api.pauseFolder({ folderId: idOf('photos'), until: null });
  const bytes = await jpeg({ width: 90, height: 60, seed: 6 });
  await writeFile(path.join(root('photos'), '2026', 'a.jpg'), bytes);
  await soon(() => expect(ledger.turns.restingCount(1)).toBe(1));
  await order('photos/2026');
  await soon(() => expect(wrongTurns()).toEqual([]));
  expect(ledger.turns.restingCount(1)).toBe(1);
});

it('gives its room for copies away when it moves into a paused folder', async () => {
  const { api, ledger } = here.engine;
  await openLine();
  await makeFolder('paused', 1, 1);
  await makeFolder('open', 2, 4);
  await order('paused');
  await soon(() => expect(statesIn('paused')).toEqual(['indexed']));
  await api.pauseFolder({ folderId: idOf('paused'), until: null });
  // Under a pause that ends by itself copies are made ready.
  await api.pause({ until: clock.now() + HOUR_MS });
  await order('open');
  await soon(() => expect(queuedCount()).toBe(4));
  await api.askAhead({ destinationId: 1 });
  const ready = () =>
    ledger.db.prepare('SELECT count(*) FROM upload WHERE ready_bytes IS NOT NULL').pluck().get();
  await soon(() => expect(ready()).toBe(4));
  for (let n = 0; n < 4; n += 1)
    await rename(path.join(root('open'), `2-${n}.jpg`), path.join(root('paused'), `2-${n}.jpg`));
  await soon(() => expect([ledger.turns.restingCount(1), ready()]).toEqual([4, 0]));
});

it('is what is said to be going on, and not that photos are being prepared', async () => {
  const { api } = here.engine;
  await makeFolder('card', 4, 0);
  await order('card');
  await soon(() => expect(idOf('card')).toBeGreaterThan(0));
  await api.pauseFolder({ folderId: idOf('card'), until: null });
  await writeFile(path.join(root('card'), 'a.jpg'), await jpeg({ width: 90, height: 60, seed: 4 }));
  await soon(async () => expect((await api.overallProgress({})).state).toBe('owner'));
  const words = [(await api.overallProgress({})).activity, (await api.glance({ destinationId: 1 })).activity];
  expect(words).toEqual(['resting with paused folders', 'resting with paused folders']);
});
