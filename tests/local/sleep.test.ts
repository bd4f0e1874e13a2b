/** The plain-Node host notices by itself that the computer was asleep, whatever command it runs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { accessEngine } from '../../electron/local/engine-access.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';

it('after a sleep, the folders are looked through for what came meanwhile', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'photos/a.jpg': await jpeg({ seed: 1 }) });
  const photos = path.join(folder.path, 'photos');
  const sleepClock = createFakeClock();
  // Nothing is watched: what comes is found by looking only.
  const engine = await accessEngine(path.join(folder.path, 'data'), { watches: false, sleepClock });
  const { api } = engine;
  try {
    await api.startIngest({ folders: [photos], destination: null, concepts: [], notConcepts: [] });
    const indexed = (count: number): Promise<void> =>
      vi.waitFor(
        async () => {
          const { counts, state } = await api.overallProgress({});
          expect([counts.indexed, state]).toEqual([count, 'done']);
        },
        { timeout: 40_000, interval: 100 },
      );
    await indexed(1);
    await writeFile(path.join(photos, 'new.jpg'), await jpeg({ seed: 2 }));
    sleepClock.jump(8 * 3_600_000);
    await sleepClock.advance(30_000);
    await indexed(2);
  } finally {
    await engine.close();
  }
  expect(sleepClock.timerCount()).toBe(0);
});
