/** Subject of the watching benchmark. Arguments: `tagalong`, `parcel` or `chokidar`, and the root. */
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { realClock } from '../../electron/engine/clock.ts';
import { createWatcher } from '../../electron/engine/ingest/watch.ts';
import { answerQuestions, peakBytes, residentBytes } from './measure.ts';

/** How one program came to watch. */
export interface WatchAnswer {
  readonly readyMs: number;
  /** Until a file written into the last folder was told, in ms. */
  readonly toldMs: number;
  readonly baselineBytes: number;
  readonly peakBytes: number;
  /** inotify watches of the process; null where the system does not tell. */
  readonly watchCount: number | null;
}

type Watching = (root: string, told: (file: string) => void) => Promise<void>;

const byTagalong: Watching = (root, told) =>
  new Promise((resolve, reject) => {
    const watcher = createWatcher({
      clock: realClock,
      log: { warn: () => undefined },
      onHint: (_folderId, file) => {
        if (file !== null) told(file);
      },
      onState: (_folderId, { mode, reason }) => {
        if (mode === 'events') resolve();
        else reject(new Error(`Watched by ${mode}: ${reason ?? ''}`));
      },
    });
    watcher.setFolders([
      {
        id: 1,
        path: root,
        choice: 'auto',
        fileSystem: { kind: 'local', type: 'ext4', mountPoint: '/' },
        include: [],
        exclude: [],
      },
    ]);
  });

const byParcel: Watching = async (root, told) => {
  const { default: parcel } = await import('@parcel/watcher');
  await parcel.subscribe(root, (_error, events) => {
    for (const event of events) told(event.path);
  });
};

const byChokidar: Watching = async (root, told) => {
  const { watch } = await import('chokidar');
  const watcher = watch(root, { ignoreInitial: true });
  watcher.on('all', (_event, file) => told(file));
  await new Promise<void>((resolve) => {
    watcher.on('ready', resolve);
  });
};

const WAYS: Readonly<Record<string, Watching>> = {
  tagalong: byTagalong,
  parcel: byParcel,
  chokidar: byChokidar,
};

/** Counts the lines that the kernel gives for inotify handles. */
function inotifyWatches(): number | null {
  try {
    return readdirSync('/proc/self/fdinfo')
      .map((name) => {
        try {
          return readFileSync(path.join('/proc/self/fdinfo', name), 'utf8');
        } catch {
          // The handle with which the folder itself was read.
          return '';
        }
      })
      .reduce(
        (sum, text) => sum + text.split('\n').filter((line) => line.startsWith('inotify wd')).length,
        0,
      );
  } catch {
    return null;
  }
}

const [way = '', root = ''] = process.argv.slice(2);
await import('@parcel/watcher');
await import('chokidar');
const baselineBytes = residentBytes();

answerQuestions(async ({ newFile }: { readonly newFile: string }): Promise<WatchAnswer> => {
  const waiting = new Map<string, () => void>();
  const start = performance.now();
  await WAYS[way]?.(root, (file) => waiting.get(file)?.());
  const readyMs = performance.now() - start;
  const watchCount = inotifyWatches();
  const told = new Promise<void>((resolve) => waiting.set(newFile, resolve));
  const wroteAt = performance.now();
  await writeFile(newFile, 'x');
  await told;
  return {
    readyMs,
    toldMs: performance.now() - wroteAt,
    baselineBytes,
    peakBytes: peakBytes(),
    watchCount,
  };
});
