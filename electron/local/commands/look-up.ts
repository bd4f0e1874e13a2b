/** Commands that only read: they open the ledger beside a running owner and change nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { exportLines } from '../../engine/care/export-lines.ts';
import { LEDGER_FILE } from '../../engine/own-data-folder.ts';
import { openLedger, type Ledger } from '../../engine/ledger/ledger.ts';
import { failuresOf, statusOf } from '../../engine/status.ts';
import { PHOTO_STATES } from '#shared/photo.ts';
import { PRACTICE_BASE_URL } from '../../engine/ledger/destinations.ts';
import type { DestinationNames, FolderStatus } from '#shared/destination.ts';
import type { DestinationStatus, EngineStatus } from '#shared/engine-api.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { EXIT } from '../exit-codes.ts';
import { isOwnerRunning } from '../../host/owner-socket.ts';
import { plainPath } from '../plain-path.ts';
import type { Terminal } from '../terminal.ts';
import { remedyWords } from '../wording.ts';

interface LookUpOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
}

/** `tagalong status`. */
export async function runStatus(options: LookUpOptions, terminal: Terminal): Promise<number> {
  return withLedger(options, terminal, async (ledger) => {
    const isRunning = await isOwnerRunning(dataFolderOf(options.dataDir));
    const status = statusOf(ledger);
    if (options.json === true) {
      terminal.print(JSON.stringify({ isRunning, ...status }));
      return EXIT.ok;
    }
    const lines = [
      isRunning ? 'Tagalong is running on this ledger.' : 'No Tagalong is running on this ledger.',
      ...status.destinations.flatMap(destinationLines),
      ...strangerLines(failuresOf(ledger).length, status),
      ...(status.folders.length === 0 ? [] : ['', 'Folders']),
      ...status.folders.flatMap((folder) => folderLines(folder, isRunning)),
    ];
    for (const line of lines) terminal.print(line);
    return EXIT.ok;
  });
}

function accountWords({ baseUrl, userId, appId }: DestinationNames): string {
  return baseUrl === PRACTICE_BASE_URL ? 'the practice account' : `${userId}/${appId} at ${baseUrl}`;
}

function destinationLines(destination: DestinationStatus): string[] {
  const { counts, reasons, holds } = destination;
  const states = PHOTO_STATES.filter((state) => counts[state] > 0);
  return [
    '',
    `Photos for ${accountWords(destination)}`,
    ...(states.length === 0 ? ['  none yet'] : []),
    ...states.map((state) => {
      const why = reasons
        .filter((one) => one.state === state)
        .map(({ reason, count }) => `${count.toLocaleString('en')} ${reason}`);
      const words = why.length === 0 ? '' : `   ${why.join(', ')}`;
      return `  ${state.padEnd(9)}${counts[state].toLocaleString('en').padStart(9)}${words}`;
    }),
    ...holds.map(
      ({ sentence, detail, remedy }) =>
        `  ! ${sentence}${detail === null ? '' : ` (${detail})`} ${remedyWords(remedy)}`,
    ),
  ];
}

/** Files that could not become photos are in no state; only the failures name them. */
function strangerLines(failureCount: number, { destinations }: EngineStatus): string[] {
  const count = failureCount - destinations.reduce((sum, { counts }) => sum + counts.failed, 0);
  if (count <= 0) return [];
  const files = count === 1 ? '1 file' : `${count.toLocaleString('en')} files`;
  return ['', `${files} could not be read as a photo: tagalong failures`];
}

const MODES = { events: 'watched', polling: 'watched by polling', scan: 'scanned now and then' } as const;

function folderLines(folder: FolderStatus, isRunning: boolean): string[] {
  const { path, mode, reason, health, detail } = folder;
  // The ledger keeps how a folder was watched; without an engine nobody watches it.
  const how = isRunning && mode !== null ? MODES[mode] : 'not watched now';
  const why = isRunning && reason !== null ? `: ${reason}` : '';
  return [
    `  ${plainPath(path)}`,
    `    goes to ${accountWords(folder.destination)}; ${how}${why}`,
    ...(health === 'unreachable' ? [`    ! It cannot be reached. ${detail ?? ''}`.trimEnd()] : []),
  ];
}

/** `tagalong failures`. */
export async function runFailures(options: LookUpOptions, terminal: Terminal): Promise<number> {
  return withLedger(options, terminal, (ledger) => {
    const failures = failuresOf(ledger);
    if (options.json === true) {
      terminal.print(JSON.stringify(failures));
      return EXIT.ok;
    }
    if (failures.length === 0) terminal.print('Nothing has failed.');
    for (const { path, cause, message, remedy } of failures) {
      terminal.print(plainPath(path));
      terminal.print(`  ${cause}: ${message} ${remedyWords(remedy)}`);
    }
    return EXIT.ok;
  });
}

/** `tagalong export`: local file → input id, a line per file. JSON lines, or CSV as RFC 4180 has it. */
export async function runExport(
  options: { readonly dataDir?: string; readonly csv?: boolean; readonly fullPaths?: boolean },
  output: NodeJS.WritableStream,
  terminal: Terminal,
): Promise<number> {
  return withLedger(options, terminal, async (ledger) => {
    const { csv = false, fullPaths = false } = options;
    for (const line of exportLines(ledger, { format: csv ? 'csv' : 'json', fullPaths })) {
      if (!output.write(line)) await once(output, 'drain');
    }
    return EXIT.ok;
  });
}

async function withLedger(
  options: { readonly dataDir?: string },
  terminal: Terminal,
  read: (ledger: Ledger) => number | Promise<number>,
): Promise<number> {
  const path = join(dataFolderOf(options.dataDir), LEDGER_FILE);
  if (!existsSync(path)) {
    terminal.say(`There is no ledger in ${dataFolderOf(options.dataDir)} yet: tagalong ingest makes one.`);
    return EXIT.couldNotRun;
  }
  const ledger = openLedger(path, { readonly: true });
  try {
    return await read(ledger);
  } finally {
    ledger.close();
  }
}
