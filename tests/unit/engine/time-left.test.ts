/** How long the sending takes: what may go, what of the batches is left, and the pace that it may have. */
import { expect, it } from 'vitest';
import type { DestinationLine } from '../../../electron/engine/destination-line.ts';
import type { SteeringDesk } from '../../../electron/engine/steering.ts';
import { secondsLeft } from '../../../electron/engine/time-left.ts';
import { keepPace } from '../../../electron/engine/upload/kept-pace.ts';
import { addFile, addPhoto, claim, destinationOf, temporaryLedger } from '../../ledger/fixture.ts';

/** Four found photos in a folder of their own each; a line whose run has sent two photos of 1,000 bytes. */
async function makeParts() {
  const made = await temporaryLedger();
  const { ledger } = made;
  const destinationId = destinationOf(ledger, 'a');
  const folders = [1, 2, 3, 4].map((n) => {
    const { id } = ledger.folders.add(`/${n}`, destinationId, 1);
    addFile(ledger, id, 'a.jpg', addPhoto(ledger, n, { at: [destinationId] }));
    return id;
  });
  const now = { pace: 100 as number | null, limit: null as number | null, sentBytes: 0, sentCount: 2 };
  const traffic = {
    pace: () => now.pace,
    of: () => ({ sentBytes: now.sentBytes }),
    run: () => (now.sentCount === 0 ? null : { sentCount: now.sentCount, sentBytes: 2000 }),
  };
  const line = { destination: { id: destinationId }, uploader: { traffic } } as unknown as DestinationLine;
  const steering = { now: () => ({ limit: now.limit, isTimed: false, until: null }) } as SteeringDesk;
  const left = (lines = [line]) => secondsLeft({ ledger, steering, openLines: () => lines }, destinationId);
  return { made, ledger, destinationId, folders, now, left };
}

it('counts what may go: not what is found in a paused folder, nor what is out of reach', async () => {
  const { made, ledger, folders, left } = await makeParts();
  await using _ = made;
  expect(left()).toBe(40);
  ledger.folders.setPaused(folders[0] ?? 0, { at: 2, until: null });
  expect(left()).toBe(30);
  // Once it is queued it rests.
  ledger.uploads.queue(1, 3);
  expect(left()).toBe(30);
  ledger.folders.setHealth(folders[1] ?? 0, 'unreachable', null);
  expect(left()).toBe(20);
  for (const id of folders) ledger.folders.setPaused(id, { at: 2, until: null });
  expect(left()).toBe(0);
});

it('counts of a batch what has not left, at the pace of the last run and within the limit', async () => {
  const { made, ledger, destinationId, now, left } = await makeParts();
  await using _ = made;
  for (const id of [1, 2, 3, 4]) ledger.uploads.queue(id, 2);
  claim(ledger, destinationId, [1, 2, 3, 4]);
  expect(left()).toBe(1);
  now.limit = 10;
  expect(left()).toBe(10);
  now.sentBytes = 70;
  expect(left()).toBe(3);
  now.limit = null;
  now.pace = null;
  expect(left()).toBeNull();
  keepPace(ledger, destinationId, 15);
  expect(left()).toBe(2);
});

it('says nothing as long as nobody knows how large photos are, or nobody sends', async () => {
  const { made, now, left } = await makeParts();
  await using _ = made;
  expect(left([])).toBeNull();
  now.sentCount = 0;
  expect(left()).toBeNull();
});
