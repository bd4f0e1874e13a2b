/** Thumbnails and previews of a running engine: where they lie, how much of them is kept, and those made on demand. */
import { join } from 'node:path';
import type { EngineHost } from './host.ts';
import { createFileCache } from './imaging/cache.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createThumbnailsOnDemand, type ThumbnailsOnDemand } from './thumbnails-on-demand.ts';
import type { WorkerPool } from './workers/pool.ts';

/** Most bytes of thumbnails and previews. */
const CACHE_BYTES = 4_000_000_000;

export interface PictureStore {
  /** Absolute path. */
  readonly folder: string;
  readonly onDemand: ThumbnailsOnDemand;
  /** Bytes were added; when there are too many, the oldest files go. */
  added(bytes: number): void;
}

/** Opens the store of a data folder, and makes room in it. */
export async function openPictureStore(
  dataFolder: string,
  {
    ledger,
    pool,
    host,
  }: { readonly ledger: Ledger; readonly pool: WorkerPool; readonly host: Pick<EngineHost, 'clock' | 'log'> },
): Promise<PictureStore> {
  const folder = join(dataFolder, 'thumbnails');
  const cache = await createFileCache({ folder, limitBytes: CACHE_BYTES });
  const prune = async (): Promise<void> => {
    try {
      await cache.prune();
    } catch (error) {
      host.log.warn('prune-failed', { error: String(error) });
    }
  };
  void prune();
  const added = (bytes: number): void => {
    if (cache.added(bytes)) void prune();
  };
  const onDemand = createThumbnailsOnDemand({
    ledger,
    pool,
    cache,
    folder,
    clock: host.clock,
    onMade: added,
  });
  return { folder, onDemand, added };
}
