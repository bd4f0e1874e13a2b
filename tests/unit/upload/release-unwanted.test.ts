/** Looking through a full spool gives others their turn, and is done once at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { renditionKey } from '../../../electron/engine/imaging/rendition-recipe.ts';
import type { Spool } from '../../../electron/engine/imaging/spool.ts';
import type { Upload } from '../../../electron/engine/ledger/uploads.ts';
import { releaseUnwanted } from '../../../electron/engine/upload/renditions.ts';
import { hashOf, temporaryLedger, type TemporaryLedger } from '../../ledger/fixture.ts';

/** Copies of photos that nobody knows, which are all unwanted. */
function spoolOf(count: number) {
  const left = new Set(Array.from({ length: count }, (_, n) => renditionKey(hashOf(n), 1)));
  let lookCount = 0;
  const spool = {
    keys: () => {
      lookCount += 1;
      return [...left];
    },
    release: (key: string) => {
      left.delete(key);
      return nextTurn();
    },
  } as unknown as Spool;
  return { spool, left, lookCount: () => lookCount };
}

const parts = ({ ledger }: TemporaryLedger, { spool }: ReturnType<typeof spoolOf>) => ({ ledger, spool });

test('others get their turn while many copies are looked at', async () => {
  await using made = await temporaryLedger();
  const wanted = spoolOf(1000);
  const seen: string[] = [];
  const photos = {
    ...made.ledger.photos,
    byPictureHash: (hash: string) => {
      seen.push(hash);
      return 1;
    },
  };
  const uploads = { ...made.ledger.uploads, ofPhoto: () => [{ state: 'sending' } as Upload] };
  const running = releaseUnwanted({ ledger: { ...made.ledger, photos, uploads }, spool: wanted.spool });
  await nextTurn();
  expect(seen.length).toBeLessThan(200);
  await running;
  expect([seen.length, wanted.left.size]).toEqual([1000, 1000]);
});

test('whoever asks during a run gets the next one, together with all who wait', async () => {
  await using made = await temporaryLedger();
  const copies = spoolOf(3);
  const first = releaseUnwanted(parts(made, copies));
  const others = [releaseUnwanted(parts(made, copies)), releaseUnwanted(parts(made, copies))];
  copies.left.add(renditionKey(hashOf(9), 1));
  expect(copies.lookCount()).toBe(1);
  await Promise.all([first, ...others]);
  expect([copies.lookCount(), copies.left.size]).toEqual([2, 0]);
  await releaseUnwanted(parts(made, copies));
  expect(copies.lookCount()).toBe(3);
});

test('a ledger that is closed meanwhile ends it', async () => {
  await using made = await temporaryLedger();
  const copies = spoolOf(1000);
  const running = releaseUnwanted(parts(made, copies));
  made.ledger.close();
  await running;
  expect(copies.left.size).toBeGreaterThan(0);
});
