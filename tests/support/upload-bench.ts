/** A destination with photos in real files and a real ledger, and uploaders over it, for tests of uploading. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PHOTO_STATES } from '#shared/photo.ts';
import { createClient } from '../../electron/engine/clarifai/client.ts';
import type { Limiter } from '../../electron/engine/clarifai/limiter.ts';
import { realClock } from '../../electron/engine/clock.ts';
import { createEnsureConcepts } from '../../electron/engine/edits/concept-sync.ts';
import { createSpool } from '../../electron/engine/imaging/spool.ts';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import type { Log } from '../../electron/engine/log.ts';
import { createByteLimit } from '../../electron/engine/upload/byte-limit.ts';
import { createUploader } from '../../electron/engine/upload/uploader.ts';
import type { Uploader, UploaderOptions } from '../../electron/engine/upload/uploader-options.ts';
import { bytesJpeg, jpeg, variantsOf } from './pictures.ts';
import type { Practice } from './practice.ts';
import { temporaryFolder } from './tree.ts';

/** Lets every request go at once: the tests' accounts have no limit of their own either. */
const NO_LIMIT: Limiter = {
  acquire: (signal) => {
    signal?.throwIfAborted();
    return Promise.resolve({ startedAt: 0 });
  },
  replied: () => undefined,
  pace: () => ({ perSecond: Infinity, notBefore: -Infinity }),
};

/** Waits that are long in the product are short here. */
export const QUICK = { idleMs: 60, gatherMs: 10, askAgainMs: 60, stopGraceMs: 500 } as const;

const noPool: UploaderOptions['pool'] = {
  run: () => Promise.reject(new Error('This test makes no renditions.')),
};

/** Resolves when the condition holds; rejects with `what` when it does not within 20 s. */
export async function until(
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) {
      throw new Error(`Waited in vain until ${typeof what === 'string' ? what : what()}.`);
    }
    await sleep(10);
  }
}

/** Numbers by state in one line. */
function said(found: Readonly<Record<string, number>>): string {
  return PHOTO_STATES.flatMap((state) => (found[state] ? [`${state} ${String(found[state])}`] : [])).join(
    ', ',
  );
}

export interface BenchOptions {
  readonly pool?: UploaderOptions['pool'];
  /** Stands between the client and the account. */
  readonly fetch?: typeof fetch;
  /** What the folder sends; default `original`. */
  readonly sends?: 'original' | 'rendition';
  /** Default: photos' turns are always those of now. */
  readonly isSettled?: () => boolean;
}

let pictureSeed = 1;

/** Opens a ledger with one folder whose photos go to the account. */
export async function openBench(practice: Practice, options: BenchOptions = {}) {
  const folder = await temporaryFolder();
  const ledger = openLedger(path.join(folder.path, 'ledger.db'));
  const { userId, appId } = practice;
  const destination = ledger.destinations.ensure({ baseUrl: 'practice:', userId, appId }, 1);
  const watched = ledger.folders.add(folder.path, destination.id, 1);
  ledger.folders.choose(watched.id, { sends: options.sends ?? 'original' });
  const spool = await createSpool({ folder: path.join(folder.path, 'spool'), limitBytes: 50_000_000 });
  const account = { pat: practice.pat, apiBase: practice.apiBase };
  const errors: string[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (event, facts) => errors.push(`${event} ${JSON.stringify(facts)}`),
  };
  const started: Uploader[] = [];
  const limit = createByteLimit(realClock);
  const client = createClient({
    get apiBase() {
      return account.apiBase;
    },
    userId,
    appId,
    pat: () => Promise.resolve(account.pat),
    fetch: options.fetch ?? fetch,
    limiter: NO_LIMIT,
    clock: realClock,
  });

  /** Writes `count` new pictures and queues them; returns the photo ids. */
  async function add(count: number, more: { readonly width?: number; readonly quality?: number } = {}) {
    const { width = 64, quality = 80 } = more;
    return addVariants(await jpeg({ width, height: 48, seed: pictureSeed, quality }), count);
  }

  async function addVariants(picture: Buffer, count: number): Promise<number[]> {
    const seed = pictureSeed++;
    const files = variantsOf(picture, count).map((bytes, index) => ({ bytes, name: `${seed}-${index}.jpg` }));
    await Promise.all(files.map(({ bytes, name }) => writeFile(path.join(folder.path, name), bytes)));
    return ledger.transaction(() => files.map(({ bytes, name }) => record(bytes, name)));
  }

  function record(bytes: Buffer, name: string): number {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const photo = ledger.photos.ensure({
      pictureHash: hash,
      format: 'jpeg',
      orientation: 1,
      sortAt: 1,
      at: 1,
    });
    const stamp = { size: bytes.length, mtimeMs: 1, ctimeMs: 1, inode: 1 };
    const fileId = ledger.files.record({
      folderId: watched.id,
      path: name,
      stamp,
      at: 1,
      kind: 'photo',
      photoId: photo.id,
      fileHash: hash,
      format: 'jpeg',
    });
    ledger.photos.choose(photo.id, fileId, 1, 1);
    ledger.uploads.arrive(photo.id, destination.id, hash.slice(0, 32), 1, 1);
    ledger.uploads.queue(photo.id, 1);
    return photo.id;
  }

  return {
    ledger,
    destination,
    folder: folder.path,
    folderId: watched.id,
    spool,
    client,
    /** Where requests go and with which token; may be changed at any time. */
    account,
    /** What was logged as an error. */
    errors,
    add,
    /** The same with pictures of about so many bytes. */
    addLarge: async (count: number, sizeBytes: number) =>
      addVariants(await bytesJpeg(sizeBytes, pictureSeed), count),
    /** How fast its uploaders may send, all together. */
    limit,
    /** Starts an uploader; the bench stops it. */
    start(settings: UploaderOptions['settings'] = {}): Uploader {
      const uploader = createUploader({
        ledger,
        destination,
        client,
        pool: options.pool ?? noPool,
        spool,
        ensureConcepts: createEnsureConcepts({
          ledger,
          destinationId: destination.id,
          client,
          now: Date.now,
        }),
        steering: { limit, batchesInFlight: () => 4, isSettled: options.isSettled ?? (() => true) },
        clock: realClock,
        log,
        random: () => 0.1,
        settings: { ...QUICK, ...settings },
      });
      started.push(uploader);
      return uploader;
    },
    upload: (photoId: number) => {
      const found = ledger.uploads.get(photoId, destination.id);
      if (found === undefined) throw new Error(`Photo ${String(photoId)} has no upload.`);
      return found;
    },
    /** States that have photos, with their numbers. */
    counts: () =>
      Object.fromEntries(Object.entries(ledger.counts.of(destination.id)).filter(([, count]) => count > 0)),
    /** Causes of the open failures by photo. */
    failures: () => ledger.workLists.failed(destination.id, null),
    holds: () => ledger.holds.of(destination.id).map(({ kind }) => kind),
    /** Resolves when these states have these numbers of photos and no others have any. */
    reached(counts: Readonly<Record<string, number>>): Promise<void> {
      return until(
        () => `the states are ${said(counts)}; they are ${said(this.counts())}; ${errors.join('; ')}`,
        () => said(this.counts()) === said(counts),
      );
    },
    /** Batches as they ended, oldest first. */
    batches: () =>
      ledger.db
        .prepare(
          'SELECT id, parent_id AS parentId, input_count AS inputCount, outcome FROM batch ORDER BY id',
        )
        .all() as { id: number; parentId: number | null; inputCount: number; outcome: string | null }[],
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((uploader) => uploader.stop()));
      ledger.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
export type Bench = Awaited<ReturnType<typeof openBench>>;
