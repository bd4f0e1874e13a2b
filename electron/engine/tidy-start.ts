/** What a start makes up for after an unclean end: files that nobody waits for, and a look at the ledger's health. */
import type { EngineHost } from './host.ts';
import { hashOfRendition } from './imaging/rendition-recipe.ts';
import type { Spool } from './imaging/spool.ts';
import { checkPassed } from './ledger/check.ts';
import { damaged } from './ledger/database.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { WorkerPool } from './workers/pool.ts';
import { withoutHome } from './without-home.ts';

/** A kill between the commit and the removal of a file leaves a rendition that nobody waits for. */
export async function releaseOrphans(ledger: Ledger, spool: Spool): Promise<void> {
  for (const key of spool.keys()) {
    const photoId = ledger.photos.byPictureHash(hashOfRendition(key));
    const uploads = photoId === undefined ? [] : ledger.uploads.ofPhoto(photoId);
    const isAwaited = uploads.some(
      ({ state }) => state === 'found' || state === 'queued' || state === 'sending',
    );
    if (!isAwaited) await spool.release(key);
  }
}

/** Checks the ledger beside the work. A damaged one is copied aside and explained; nothing is deleted. */
export async function checkInWorker(parts: {
  ledger: Ledger;
  ledgerPath: string;
  pool: WorkerPool;
  host: EngineHost;
  notices: string[];
}): Promise<void> {
  const { ledger, ledgerPath, pool, host, notices } = parts;
  try {
    const found = await pool.run({ kind: 'check-ledger', path: ledgerPath });
    if (found === 'ok') {
      checkPassed(ledger, host.clock.now());
      return;
    }
    notices.push(withoutHome(damaged(ledgerPath, found.join('; ')).message));
    host.log.error('ledger-damaged', { problems: found });
  } catch (error) {
    // The check stays due; the next start makes it.
    host.log.warn('ledger-not-checked', { error: String(error) });
  }
}
