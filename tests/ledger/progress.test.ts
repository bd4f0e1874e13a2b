import { expect, test } from 'vitest';
import { overallProgress } from '../../electron/engine/progress.ts';
import { addFile, addPhoto, destinationOf, temporaryLedger } from '../ledger/fixture.ts';

test('a photo that rests and is out of reach does not hide another one that still has to go', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destinationId = destinationOf(ledger, 'a');
  const { id: card } = ledger.folders.add('/card', destinationId, 1);
  const { id: open } = ledger.folders.add('/open', destinationId, 1);
  for (const [n, folderId] of [
    [1, card],
    [2, open],
  ] as const) {
    const photoId = addPhoto(ledger, n, { at: [destinationId] });
    addFile(ledger, folderId, `${n}.jpg`, photoId);
    ledger.uploads.queue(photoId, 2);
  }
  ledger.folders.setPaused(card, { at: 5, until: null });
  ledger.turns.take(1, ledger.turns.lastPhotoId());
  ledger.folders.setHealth(card, 'unreachable', null);
  // Between two batches: photo 2 is queued and goes at any moment.
  const { state } = overallProgress({
    ledger,
    ingest: { isIdle: () => true, waitingCount: () => 0 },
    diskRoom: { withHold: (_: number, holds: unknown) => holds },
    steering: { fault: () => null },
    openLines: () => [
      {
        destination: { id: destinationId },
        uploader: { fault: () => null, stats: () => ({ batchesInFlight: 0, bytesSent: 0 }) },
        tagSync: { hasPending: () => false },
      },
    ],
  } as never);
  expect(state).toBe('working');
});
