/** How many requests with photos are out at once, counted by the account. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { startEngineHere } from '../support/engine-here.ts';
import { jpeg, variantsOf } from '../support/pictures.ts';
import { temporaryFolder } from '../support/tree.ts';

/** More than may be out at once by any setting. */
const PHOTOS = 10;
const WAIT = { timeout: 40_000, interval: 50 };

it('as many requests run at the account as the owner chose, and more at once when that becomes more', async () => {
  await using folder = await temporaryFolder();
  await using here = await startEngineHere({ upload: { batchBytes: 1 } });
  const { practice, engine } = here;
  const { api } = engine;
  const pictures = variantsOf(await jpeg({ width: 90, height: 60, seed: 4 }), PHOTOS);
  for (const [index, bytes] of pictures.entries())
    await writeFile(path.join(folder.path, `${index}.jpg`), bytes);
  const { destinationId } = await api.glance({ destinationId: null });

  // No POST is answered; by then nothing else is asked, so whatever runs at the account is one of them.
  await practice.setFaults([{ kind: 'delay', ms: 600_000, on: { method: 'POST', path: '^/inputs$' } }]);
  await api.saveSending({ settings: { batchesInFlight: 1 } });
  await here.ingest(folder.path);
  for (const chosen of [1, 3, 6]) {
    await api.saveSending({ settings: { batchesInFlight: chosen } });
    await vi.waitFor(async () => {
      const { counts, waitingPaths } = await api.glance({ destinationId });
      const { running } = await practice.stats();
      const { batches, waits } = await api.queue({ destinationId });
      expect({
        takenIn: counts.found + counts.queued + counts.sending - waitingPaths,
        running: running.requests,
        batches: batches.length,
        waits,
      }).toEqual({
        takenIn: PHOTOS,
        running: chosen,
        batches: chosen,
        waits: [{ reason: 'turn', count: PHOTOS - chosen, until: null, folders: [] }],
      });
    }, WAIT);
  }
  await practice.clearFaults();
  await api.pause({});
  await api.resume({});
  await here.until(() =>
    expect(here.files().map(({ state }) => state)).toEqual(Array(PHOTOS).fill('indexed')),
  );
}, 120_000);
