/**
 * What is told of a Tagalong when somebody else is to help: built from what is known to be harmless, never by taking out
 * what is not. There are no tokens, names of users and apps, addresses, paths, captions, keywords, concepts or places in
 * it; names of photos that failed only if the owner wants it.
 */
import { cpus, release, totalmem } from 'node:os';
import { basename } from 'node:path';
import type { ProgramVersions } from '../host.ts';
import { PRACTICE_BASE_URL } from '../ledger/destinations.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { QueuedCounts } from '../ledger/queue-reads.ts';
import { failuresOf } from '../status.ts';
import { readView } from '../view-settings.ts';
import { logTail } from './log-tail.ts';
import { plainDesktop, plainSending, type PlainSending } from './plain-sending.ts';
import { plainLine, speakingParts, type PlainLine } from './plain-facts.ts';
import { versionsHere } from './versions.ts';
import type { Versions } from '#shared/care.ts';
import type { StateCounts } from '#shared/photo.ts';
import { FAILURES, SKIPS } from '#shared/problems.ts';

/** Lines of the log that are looked at. */
const LOG_LINES = 200;
/** Names of failed files, at most. */
const NAME_COUNT = 200;
const SERVICE_BASE_URL = 'https://api.clarifai.com';

/** What diagnostics are made of. */
export interface DiagnosticsSources {
  readonly dataFolder: string;
  readonly program: ProgramVersions;
  /** Null: there is none, or it cannot be opened; then `ledgerProblem` says so. */
  readonly ledger: Ledger | null;
  readonly ledgerProblem?: unknown;
  /** UTC ms. */
  readonly now: number;
  readonly withFileNames: boolean;
  /** Bytes of the data folder by part, and what its disk has left; absent: not measured. */
  readonly measured?: { readonly bytes: Readonly<Record<string, number>>; readonly freeBytes: number | null };
}

interface Counted {
  readonly cause: string;
  readonly count: number;
}

/** One account, by number. */
interface PlainAccount {
  readonly account: number;
  readonly kind: 'practice' | 'clarifai' | 'other address';
  readonly photos: StateCounts;
  readonly failures: readonly Counted[];
  readonly leftOut: readonly Counted[];
  readonly files: readonly Counted[];
  readonly holds: readonly {
    readonly kind: string;
    readonly since: string;
    readonly until: string | null;
    readonly attempts: number;
  }[];
  /** Photos that wait, by what for. */
  readonly queued: QueuedCounts;
  /** Requests with photos whose outcome is not known. */
  readonly openBatches: readonly {
    readonly since: string;
    readonly photos: number;
    readonly bytes: number;
  }[];
}

/** The whole of it. */
export interface Diagnostics {
  readonly about: string;
  readonly madeAt: string;
  readonly versions: Versions;
  readonly system: {
    readonly platform: string;
    readonly release: string;
    readonly processor: string;
    readonly cores: number;
    readonly memoryBytes: number;
  };
  readonly dataFolder: DiagnosticsSources['measured'] | null;
  /** Of the desktop program; null: it has none here. */
  readonly desktop: Readonly<Record<string, boolean>> | null;
  readonly ledger: 'there is none' | PlainLedger | { readonly notOpened: string };
  readonly failedFiles?: readonly { readonly name: string; readonly cause: string }[];
  readonly log: readonly PlainLine[];
}

interface PlainLedger {
  readonly settings: {
    readonly theme: string;
    readonly interfaceSize: number;
    readonly sheetSize: string;
    readonly groupBy: string;
    readonly changedKeys: number;
  };
  readonly sending: PlainSending;
  readonly folders: readonly {
    readonly folder: number;
    readonly account: number;
    readonly sends: string;
    readonly watched: string | null;
    readonly fileSystem: string | null;
    readonly health: string;
    readonly patterns: number;
    readonly sendsGps: boolean;
    readonly sendsCaptureTime: boolean;
    readonly sendsFileName: boolean;
  }[];
  readonly accounts: readonly PlainAccount[];
}

/** Gathers it. */
export function diagnose(sources: DiagnosticsSources): Diagnostics {
  const { ledger, dataFolder, withFileNames, now } = sources;
  return {
    about:
      'Diagnostics of Tagalong. No tokens, accounts, addresses, folders, captions, keywords, concepts or places are in ' +
      `it; ${withFileNames ? 'names of files that failed are' : 'no names of files either'}.`,
    madeAt: new Date(now).toISOString(),
    versions: versionsHere(sources.program),
    system: {
      platform: process.platform,
      release: release(),
      processor: process.arch,
      cores: cpus().length,
      memoryBytes: totalmem(),
    },
    dataFolder: sources.measured ?? null,
    desktop: plainDesktop(dataFolder),
    ledger: ledger === null ? unopened(sources.ledgerProblem) : plainLedger(ledger, now),
    ...(withFileNames && ledger !== null ? { failedFiles: failedFiles(ledger) } : {}),
    log: logTail(dataFolder, LOG_LINES)
      .map(plainLine)
      .filter((line) => line !== null),
  };
}

/** As it is shown and saved. */
export function diagnosticsText(diagnostics: Diagnostics): string {
  return `${JSON.stringify(diagnostics, null, 2)}\n`;
}

function unopened(problem: unknown): 'there is none' | { readonly notOpened: string } {
  if (problem === undefined) return 'there is none';
  if (!(problem instanceof Error)) return { notOpened: 'for an unknown reason' };
  const told = speakingParts(problem.message);
  return { notOpened: told === null ? problem.name : `${problem.name} ${told}` };
}

function plainLedger(ledger: Ledger, now: number): PlainLedger {
  const { theme, interfaceSize, sheetSize, groupBy, keys } = readView(ledger);
  return {
    settings: { theme, interfaceSize, sheetSize, groupBy, changedKeys: Object.keys(keys).length },
    sending: plainSending(ledger, now),
    folders: ledger.folders.all().map((folder) => ({
      folder: folder.id,
      account: folder.destinationId,
      sends: folder.sends,
      watched: folder.watchMode,
      fileSystem: /^[\w.]{1,20}$/u.test(folder.fileSystem ?? '') ? folder.fileSystem : null,
      health: folder.health,
      patterns: folder.includeGlobs.length + folder.excludeGlobs.length,
      sendsGps: folder.sendsGps,
      sendsCaptureTime: folder.sendsCaptureTime,
      sendsFileName: folder.sendsFileName,
    })),
    accounts: ledger.destinations.all().map(({ id, baseUrl }) => plainAccount({ ledger, now }, id, baseUrl)),
  };
}

function plainAccount(
  { ledger, now }: { readonly ledger: Ledger; readonly now: number },
  id: number,
  baseUrl: string,
): PlainAccount {
  const reasons = ledger.counts.reasons(id);
  const of = (wanted: string): readonly Counted[] =>
    reasons
      .filter(({ state }) => state === wanted)
      .map(({ reason, count }) => ({ cause: knownCause(reason), count }));
  return {
    account: id,
    kind: kindOf(baseUrl),
    photos: ledger.counts.of(id),
    failures: of('failed'),
    leftOut: of('skipped'),
    files: ledger.counts.fileProblems(id).map(({ reason, count }) => ({ cause: knownCause(reason), count })),
    holds: ledger.holds.of(id).map(({ kind, since, until, attempts }) => ({
      kind,
      since: new Date(since).toISOString(),
      until: until === null ? null : new Date(until).toISOString(),
      attempts,
    })),
    queued: ledger.queueReads.counts(id, now),
    openBatches: ledger.queueReads.openBatches(id).map(({ openedAt, inputCount, bodyBytes }) => ({
      since: new Date(openedAt).toISOString(),
      photos: inputCount,
      bytes: bodyBytes,
    })),
  };
}

function kindOf(baseUrl: string): PlainAccount['kind'] {
  if (baseUrl === PRACTICE_BASE_URL) return 'practice';
  return baseUrl === SERVICE_BASE_URL ? 'clarifai' : 'other address';
}

function knownCause(reason: string): string {
  return Object.hasOwn(FAILURES, reason) || Object.hasOwn(SKIPS, reason) ? reason : 'unknown';
}

function failedFiles(ledger: Ledger): NonNullable<Diagnostics['failedFiles']> {
  return failuresOf(ledger)
    .slice(0, NAME_COUNT)
    .map(({ path, cause }) => ({ name: basename(path), cause: knownCause(cause) }));
}
