/** One data folder whose engine is killed again and again, and what has to be true when it has come to its end. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished } from 'vitest';
import { startCheckedPractice } from '../support/checked-practice.ts';
import type { ChildOrder } from '../support/engine-orders.ts';
import { startCommand, startOrder, type Ended, type EngineProcess } from '../support/engine-process.ts';
import { jpeg } from '../support/pictures.ts';
import { startPractice, type PracticeInput } from '../support/practice.ts';
import type { Exchange } from '../support/recording-proxy.ts';
import { temporaryFolder } from '../support/tree.ts';

/** Where the practice account runs: started by the engine and a member of its group, or by itself. */
export type AccountPlace = 'inside' | 'outside';

/** Concept of the edits that are made while photos are being sent. */
export const EDIT_CONCEPT = 'edited-midway';
/** Makes about 25 batches out of 500 photos, so that there is much to interrupt. */
const BATCH_BYTES = 60_000;
/** The service's code for an input whose id it has. */
const INPUT_DUPLICATE = 30100;

/** Writes distinct pictures of 2–3 KB into a folder. */
export async function writePictures(folder: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const picture = await jpeg({ width: 160, height: 112, seed: 7000 + index });
    await writeFile(path.join(folder, `DSC_${String(index).padStart(4, '0')}.jpg`), picture);
  }
}

/** What the way to the end was like. */
export interface Proved {
  /** Inputs that were sent although the account had them; known of an account outside only. */
  readonly refusedDuplicates: number;
  /** Batches that a kill interrupted, so that the account was asked about them. */
  readonly askedBatches: number;
}

/** Opens a data folder for the photos of `folder`. Everything ends with the test. */
export async function openKillBench(place: AccountPlace, folder: string) {
  const home = await temporaryFolder();
  const dataFolder = path.join(home.path, 'data');
  const account = place === 'outside' ? await startCheckedPractice() : null;
  const started: EngineProcess[] = [];
  onTestFinished(async () => {
    await Promise.all(started.map((engine) => engine.kill('group')));
    await account?.stop();
    await home[Symbol.asyncDispose]();
  });
  const requestLog = path.join(home.path, 'requests');
  const inputIdsFile = path.join(home.path, 'edited');
  const env: Record<string, string> =
    account === null
      ? {}
      : {
          CLARIFAI_API_BASE: account.apiBase,
          CLARIFAI_USER_ID: account.userId,
          CLARIFAI_APP_ID: account.appId,
          CLARIFAI_PAT: account.pat,
        };
  const keep = (engine: EngineProcess): EngineProcess => {
    started.push(engine);
    return engine;
  };
  const order: Omit<ChildOrder, 'kill' | 'faults'> = {
    dataFolder,
    folder,
    destination:
      account === null ? null : { baseUrl: account.apiBase, userId: account.userId, appId: account.appId },
    concepts: ['A'],
    notConcepts: ['B'],
    batchBytes: BATCH_BYTES,
    requestLog,
    edit: { concept: EDIT_CONCEPT, inputIdsFile },
  };

  /** Runs the normal command until all is final. */
  async function finish(): Promise<Ended> {
    const wishes = ['--concept', 'A', '--not-concept', 'B', '--batch-bytes', String(BATCH_BYTES)];
    const command = keep(
      startCommand(['ingest', folder, '--data-dir', dataFolder, '--json', ...wishes], env),
    );
    const ended = await command.ended;
    await command.allGone();
    return ended;
  }

  async function inputs(): Promise<PracticeInput[]> {
    if (account !== null) return account.inputs();
    const reopened = await startPractice({ dataDir: path.join(dataFolder, 'practice') });
    try {
      return await reopened.inputs();
    } finally {
      await reopened.stop();
    }
  }

  return {
    account,
    /** Starts an engine that dies at the point of the order, or runs until it is killed. */
    start: (kill: ChildOrder['kill'], faults: ChildOrder['faults'] = []): EngineProcess =>
      keep(startOrder({ ...order, kill, faults }, env)),
    /**
     * Runs the command to its end and proves: every photo there once and indexed, tags exact, nothing deleted,
     * no unfinished file left, the ledger sound.
     */
    async prove(photoCount: number): Promise<Proved> {
      await account?.clearFaults();
      const ended = await finish();
      expect(ended, ended.stderr).toMatchObject({ code: 0, signal: null });
      expect(JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
        found: photoCount,
        failed: 0,
        pending: 0,
        skipped: 0,
        tagsPending: 0,
        tagsRefused: 0,
        holds: [],
      });
      const there = await inputs();
      const edited = new Set(
        existsSync(inputIdsFile) ? (JSON.parse(readFileSync(inputIdsFile, 'utf8')) as string[]) : [],
      );
      const wrong = there.filter(({ id, status, concepts }) => {
        const wanted = { A: 1, B: 0, ...(edited.has(id) ? { [EDIT_CONCEPT]: 1 } : {}) };
        return status !== 30000 || !isEqual(concepts, wanted);
      });
      expect(wrong).toEqual([]);
      expect({
        inputs: there.length,
        ids: new Set(there.map(({ id }) => id)).size,
        pictures: new Set(there.map(({ sha256 }) => sha256)).size,
        edited: [...edited].filter((id) => !there.some((input) => input.id === id)),
      }).toEqual({ inputs: photoCount, ids: photoCount, pictures: photoCount, edited: [] });
      expect(readdirSync(path.join(dataFolder, 'spool'))).toEqual([]);
      await noDeletes();
      return {
        refusedDuplicates: (account?.proxy.exchanges() ?? []).flatMap(duplicatesIn).length,
        askedBatches: soundLedger(path.join(dataFolder, 'ledger.db')),
      };
    },
  };

  async function noDeletes(): Promise<void> {
    const logged = existsSync(requestLog) ? readFileSync(requestLog, 'utf8').trim().split('\n') : [];
    const counted = Object.keys((await account?.stats())?.requests ?? {});
    expect([...logged, ...counted].filter((request) => request.startsWith('DELETE'))).toEqual([]);
  }
}

/** Expects an undamaged ledger; returns how many batches were settled by asking. */
function soundLedger(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    const open = db.prepare('SELECT count(*) FROM batch WHERE closed_at IS NULL').pluck().get();
    expect(open).toBe(0);
    return db.prepare("SELECT count(*) FROM batch WHERE outcome = 'asked'").pluck().get() as number;
  } finally {
    db.close();
  }
}

function isEqual(left: Readonly<Record<string, number>>, right: Readonly<Record<string, number>>): boolean {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}

/** Ids that a POST sent although the account had them. */
function duplicatesIn({ method, reply }: Exchange): string[] {
  const inputs = (reply as { inputs?: { id?: string; status?: { code?: number } }[] } | undefined)?.inputs;
  if (method !== 'POST' || inputs === undefined) return [];
  return inputs.filter(({ status }) => status?.code === INPUT_DUPLICATE).map(({ id }) => id ?? '');
}
