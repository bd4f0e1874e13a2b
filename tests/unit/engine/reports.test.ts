/** How ledger facts become a report, progress, explanations and retries. */
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PHOTO_STATES, type PhotoState } from '#shared/photo.ts';
import { explainFailure, explainHold, explainSkip, isSkip } from '../../../electron/engine/explain.ts';
import { openLedger, type Ledger } from '../../../electron/engine/ledger/ledger.ts';
import { reportOf, sumUp } from '../../../electron/engine/run-report.ts';
import { failuresOf, statusOf } from '../../../electron/engine/status.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';

describe('sums', () => {
  it('count every photo exactly once', () => {
    const count = fc.record({
      state: fc.constantFrom(...PHOTO_STATES),
      isFresh: fc.constantFrom(0 as const, 1 as const),
      count: fc.nat(1000),
    });
    fc.assert(
      fc.property(fc.array(count), (counts) => {
        const sum = Object.values(sumUp(counts)).reduce((total, one) => total + one, 0);
        expect(sum).toBe(counts.reduce((total, one) => total + one.count, 0));
      }),
    );
  });

  it.each<[PhotoState, keyof ReturnType<typeof sumUp>]>([
    ['found', 'pending'],
    ['queued', 'pending'],
    ['sending', 'pending'],
    ['accepted', 'pending'],
    ['deleting', 'pending'],
    ['indexed', 'uploaded'],
    ['failed', 'failed'],
    ['skipped', 'skipped'],
    ['removed', 'skipped'],
  ])('call a photo that is %s %s', (state, name) => {
    expect(sumUp([{ state, isFresh: 1, count: 7 }])[name]).toBe(7);
  });

  it('call an indexed photo of an earlier run already there', () => {
    expect(sumUp([{ state: 'indexed', isFresh: 0, count: 7 }])).toMatchObject({
      alreadyThere: 7,
      uploaded: 0,
    });
  });
});

describe('explanations', () => {
  const problem = { folderPath: '/photos', path: 'deep/a.jpg', reason: 'incomplete', detail: '12 %' };
  const file = path.join('/photos', 'deep/a.jpg');

  it('give a failure its sentence, the words behind it and the remedy', () => {
    expect(explainFailure(problem)).toEqual({
      path: file,
      cause: 'incomplete',
      message: 'The picture is cut off: too little of it can be decoded. It has not been sent. (12 %)',
      remedy: 'send-as-it-is',
    });
    for (const detail of [null, '']) {
      expect(explainFailure({ ...problem, detail }).message).toMatch(/sent\.$/u);
    }
  });

  it('say that a cause of another version is not known', () => {
    for (const reason of ['gremlins', 'constructor']) {
      expect(explainFailure({ ...problem, reason, detail: null })).toMatchObject({
        cause: reason,
        message: `It failed for a reason that this version does not know (${reason}).`,
        remedy: 'retry',
      });
    }
  });

  it('give a hold its sentence and a skip its reason', () => {
    const hold = { kind: 'throttled' as const, since: 1, until: 2, detail: null };
    expect(explainHold({ ...hold, destinationId: 1, attempts: 3 })).toEqual({
      ...hold,
      sentence: 'The service asks for fewer requests.',
      remedy: 'retries-itself',
    });
    expect(explainSkip({ ...problem, reason: 'excluded' })).toEqual({ path: file, reason: 'excluded' });
    expect(['excluded', 'incomplete', 'toString'].map(isSkip)).toEqual([true, false, false]);
  });
});

describe('of a ledger', () => {
  let folder: TemporaryFolder;
  let ledger: Ledger;
  let destinationId: number;
  let folderId: number;
  let seed = 0;

  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder[Symbol.asyncDispose]());
  beforeEach(() => {
    ledger = openLedger(path.join(folder.path, `ledger-${(seed += 1)}.db`));
    const names = { baseUrl: 'https://api.clarifai.com', userId: 'jane', appId: 'trips' };
    destinationId = ledger.destinations.ensure(names, 1).id;
    folderId = ledger.folders.add('/photos', destinationId, 1).id;
    return () => ledger.close();
  });

  /** A photo with one file, in state found. */
  function add(name: string): number {
    const pictureHash = (seed += 1).toString(16).padStart(64, '0');
    const photo = ledger.photos.ensure({ pictureHash, format: 'jpeg', orientation: 1, sortAt: 1, at: 1 });
    const stamp = { size: 1, mtimeMs: 1, ctimeMs: 1, inode: seed };
    const file = { folderId, path: name, stamp, at: 1, kind: 'photo', photoId: photo.id } as const;
    ledger.files.record({ ...file, fileHash: pictureHash, format: 'jpeg' });
    ledger.uploads.arrive(photo.id, destinationId, pictureHash.slice(-32), 1, 1);
    return photo.id;
  }
  const fail = (photoId: number, cause: Parameters<typeof ledger.uploads.fail>[2]['cause']): void =>
    ledger.uploads.fail(photoId, destinationId, { cause, detail: null, at: 2 });

  it('reports files that could not become photos beside photos, by the sum rule', () => {
    fail(add('a.jpg'), 'decoder-timeout');
    add('b.jpg');
    ledger.uploads.skip(add('c.heic'), destinationId, 'format-not-yet-supported', 2);
    const stamp = { size: 0, mtimeMs: 1, ctimeMs: 1, inode: 900 };
    const problem = { folderId, stamp, at: 2, kind: 'problem', problemDetail: null } as const;
    ledger.files.record({ ...problem, path: 'empty.jpg', problem: 'file-empty' });
    ledger.files.record({ ...problem, path: 'cloud.jpg', problem: 'cloud-placeholder' });
    const scope = { folderIds: [folderId], destinationId, since: 0 };
    const facts = {
      requests: 1,
      bytesSent: 2,
      seconds: 3,
      waiting: 4,
      tagsPending: 0,
      tagsRefused: 0,
      unreadable: [],
      notices: [],
    };
    const report = reportOf(ledger, scope, facts);
    expect(report).toMatchObject({
      files: 9,
      found: 9,
      uploaded: 0,
      alreadyThere: 0,
      skipped: 2,
      failed: 2,
      pending: 5,
      failures: [
        { path: path.join('/photos', 'a.jpg'), cause: 'decoder-timeout' },
        { path: path.join('/photos', 'empty.jpg'), cause: 'file-empty' },
      ],
      skips: [
        { path: path.join('/photos', 'c.heic'), reason: 'format-not-yet-supported' },
        { path: path.join('/photos', 'cloud.jpg'), reason: 'cloud-placeholder' },
      ],
    });
    expect(failuresOf(ledger)).toEqual(report.failures);
    expect(statusOf(ledger)).toMatchObject({
      folders: [{ path: '/photos', destination: { userId: 'jane', appId: 'trips' } }],
      destinations: [{ counts: { found: 1, failed: 1, skipped: 1 }, holds: [] }],
    });
  });
});
