/** A host that has rules and never tells of them, as one whose own questions fail. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { realClock, type Clock } from '../../electron/engine/clock.ts';
import { startEngineHere } from '../support/engine-here.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';

/** So long a host has. */
const HOST_MS = 10_000;

it('is waited for, and sent without once its time is over', async () => {
  await using folder = await temporaryFolder();
  await writeFile(path.join(folder.path, 'a.jpg'), await jpeg({ seed: 1 }));
  const waiting: (() => void)[] = [];
  const clock: Clock = {
    ...realClock,
    setTimer(run, ms) {
      if (ms !== HOST_MS) return realClock.setTimer(run, ms);
      waiting.push(run);
      return { cancel: () => waiting.splice(waiting.indexOf(run), 1) };
    },
  };
  await using here = await startEngineHere({ clock, tellsRests: true });
  await here.ingest(folder.path);
  const ready = here.engine.ledger.db.prepare('SELECT count(ready_bytes) FROM upload').pluck();
  await vi.waitFor(() => expect(ready.get()).toBe(1), { timeout: 20_000, interval: 50 });
  expect(await here.postCount()).toBe(0);
  for (const run of waiting.splice(0)) run();
  await here.untilSynced(folder.path);
  expect(here.log.filter(({ event }) => event === 'host-rests-not-told')).toHaveLength(1);
});
