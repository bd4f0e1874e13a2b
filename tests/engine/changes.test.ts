/** What changed is told after the commit, at once after a rest and gathered while more comes. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { createChanges, GATHER_MS, PHOTOS_GATHER_MS } from '../../electron/engine/changes.ts';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import type { ChangedEvent } from '#shared/changes.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/tree.ts';

it('tells the first change at once and gathers what follows, each topic once, with a count that rises', async () => {
  await using folder = await temporaryFolder();
  const ledger = openLedger(path.join(folder.path, 'ledger.db'));
  const clock = createFakeClock();
  const changes = createChanges(ledger, clock);
  const heard: ChangedEvent[] = [];
  const stopListening = changes.listen((event) => heard.push(event));
  const before = changes.asOf();

  ledger.transaction(() => {
    ledger.concepts.ensure('coast', 0);
    ledger.settings.set('view', { theme: 'dark' });
    expect(heard).toEqual([]);
  });
  expect(changes.asOf()).toBeGreaterThan(before);
  await clock.advance(0);
  expect(heard).toEqual([{ kind: 'changed', topics: ['concepts', 'settings'], asOf: changes.asOf() }]);

  for (let number = 0; number < 50; number += 1) {
    ledger.settings.set('view', { number });
    changes.note('notices');
    await clock.advance(1);
  }
  expect(heard).toHaveLength(1);
  await clock.advance(GATHER_MS);
  expect(heard.slice(1)).toEqual([
    { kind: 'changed', topics: ['settings', 'notices'], asOf: changes.asOf() },
  ]);

  // What the program keeps for itself is nobody's business, and a rolled back write tells at most too much.
  await clock.advance(GATHER_MS);
  ledger.settings.set('clean-end', true);
  await clock.advance(GATHER_MS);
  expect(heard).toHaveLength(2);
  stopListening();
  changes.note('photos');
  await clock.advance(GATHER_MS);
  expect(heard).toHaveLength(2);
  changes.stop();
  await clock.advance(GATHER_MS);
  expect(clock.timerCount()).toBe(0);
  ledger.close();
});

it('lets photos rest longer, and keeps nobody waiting for them', async () => {
  await using folder = await temporaryFolder();
  const ledger = openLedger(path.join(folder.path, 'ledger.db'));
  const clock = createFakeClock();
  const changes = createChanges(ledger, clock);
  const heard: string[] = [];
  const begin = clock.elapsed();
  changes.listen(({ topics }) => heard.push(`${String(clock.elapsed() - begin)} ${topics.join(' ')}`));

  // Photos come all the time; a tag is set in the middle.
  for (let ms = 0; ms < 2 * PHOTOS_GATHER_MS; ms += 10) {
    changes.note('photos');
    if (ms === 2 * GATHER_MS) changes.note('tags');
    await clock.advance(10);
  }
  expect(heard).toEqual([
    '0 photos',
    `${2 * GATHER_MS} tags`,
    `${PHOTOS_GATHER_MS} photos`,
    `${2 * PHOTOS_GATHER_MS} photos`,
  ]);
  changes.stop();
  ledger.close();
});
