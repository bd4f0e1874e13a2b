/** A shoot in which one photo each fails for every cause that a page may have to show, by real files and a real account. */
import assert from 'node:assert/strict';
import { chmod, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { damagedPng, heavyJpeg, jpeg, truncatedJpeg } from '../support/pictures.ts';
import { inputIdOfFile } from '../support/input-id.ts';
import type { FaultRule } from '../support/practice.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { until } from './page-model.ts';

/** The causes, by the file that fails for it. */
export const CAUSE_OF = {
  'heavy.jpg': 'too-large',
  'half.jpg': 'incomplete',
  'locked.jpg': 'file-unreadable',
  'gone.jpg': 'file-gone',
  'noise.png': 'cannot-decode',
  'refused.jpg': 'refused-by-service',
  'stuck.jpg': 'indexing-failed',
  'troubled.jpg': 'service-trouble',
} as const;
export type FailedName = keyof typeof CAUSE_OF;

/** Ends a fault at the service, by the file that it is about. */
export type Faulty = 'refused.jpg' | 'stuck.jpg' | 'troubled.jpg';

/** The shoot. */
export interface FailedShoot extends AsyncDisposable {
  readonly studio: Studio;
  readonly destinationId: number;
  /** Absolute path of a file. */
  readonly at: (name: string) => string;
  /** Bytes that a file has or, gone, had. */
  readonly bytesOf: (name: FailedName) => Buffer;
  /** Files that came in POSTs since the last time that this was asked, in order; as far as they are photos at all. */
  readonly posted: () => Promise<readonly string[]>;
  /** Status codes of the account's inputs, by file; 30000 is indexed. */
  readonly statuses: () => Promise<Readonly<Record<string, number>>>;
  /** The service does no longer what it did to this photo. */
  readonly endFault: (name: Faulty) => Promise<void>;
  /** Causes of what is failed now, in no order. */
  readonly causes: () => Promise<readonly string[]>;
}

async function bytesOfAll(): Promise<ReadonlyMap<string, Buffer>> {
  return new Map([
    ['fine.jpg', await jpeg({ seed: 1 })],
    ['heavy.jpg', await heavyJpeg({ seed: 2 })],
    ['half.jpg', await truncatedJpeg(0.5, { seed: 3 })],
    ['locked.jpg', await jpeg({ seed: 4 })],
    ['noise.png', await damagedPng({ seed: 5 })],
    ['refused.jpg', await jpeg({ seed: 6 })],
    ['stuck.jpg', await jpeg({ seed: 7 })],
    ['troubled.jpg', await jpeg({ seed: 8 })],
    ['gone.jpg', await jpeg({ seed: 9 })],
  ]);
}

/** Resolves when all have failed, and one photo is indexed. */
export async function startFailedShoot(): Promise<FailedShoot> {
  // What a truncated picture is worth to the real service is not known; this account takes it.
  await using started = new AsyncDisposableStack();
  const options = { photoCount: 1, isPerson: true, account: { indexing: 'header' } } as const;
  const studio = started.use(await startStudio(options));
  const { line } = studio.host();
  const at = (name: string): string => path.join(studio.home, 'Shoot', name);
  const bytes = await bytesOfAll();
  const nameById = new Map<string, string>();
  for (const [name, content] of bytes) {
    await writeFile(at(name), content);
    nameById.set(await inputIdOfFile(at(name)), name);
  }
  await rm(at('gone.jpg'));
  await chmod(at('locked.jpg'), 0);
  const idOf = (name: string): string => [...nameById].find(([, one]) => one === name)?.[0] ?? '';
  const faults = new Map<Faulty, FaultRule>([
    [
      'refused.jpg',
      { kind: 'per-input', code: 30_106, details: 'Not this one.', inputIds: [idOf('refused.jpg')] },
    ],
    [
      'stuck.jpg',
      { kind: 'indexing-failure', details: 'No model could read it.', inputIds: [idOf('stuck.jpg')] },
    ],
    [
      'troubled.jpg',
      { kind: 'per-input', code: 30_004, details: 'Try again later.', inputIds: [idOf('troubled.jpg')] },
    ],
  ]);
  await studio.account.setFaults([...faults.values()]);
  await line.startIngest({
    folders: [path.join(studio.home, 'Shoot')],
    destination: null,
    concepts: [],
    notConcepts: [],
    sends: 'original',
  });
  const { destinationId } = await line.glance({ destinationId: null });
  const causes = async (): Promise<readonly string[]> =>
    (await line.failureGroups({ destinationId })).groups.map(({ cause }) => cause).toSorted();
  const wanted = Object.values(CAUSE_OF).toSorted();
  await until(
    causes,
    wanted.filter((cause) => cause !== 'file-gone'),
    { patienceMs: 120_000 },
  );
  // One is taken away while it waits.
  await line.pause({});
  await writeFile(at('gone.jpg'), bytes.get('gone.jpg') ?? '');
  await until(async () => (await line.glance({ destinationId })).counts.queued, 1);
  await rm(at('gone.jpg'));
  await until(causes, wanted);
  await line.resume({});

  let seenCount = 0;
  const shoot: FailedShoot = {
    studio,
    destinationId,
    at,
    bytesOf: (name) => bytes.get(name) ?? Buffer.alloc(0),
    async posted() {
      const { postedIds } = await studio.account.stats();
      const fresh = postedIds.slice(seenCount).map((id) => nameById.get(id) ?? id);
      seenCount = postedIds.length;
      return fresh;
    },
    async statuses() {
      const inputs = await studio.account.inputs();
      return Object.fromEntries(inputs.map(({ id, status }) => [nameById.get(id) ?? id, status]));
    },
    async endFault(name) {
      assert.ok(faults.delete(name));
      await studio.account.setFaults([...faults.values()]);
    },
    causes,
    [Symbol.asyncDispose]: () => studio[Symbol.asyncDispose](),
  };
  await shoot.posted();
  started.move();
  return shoot;
}
