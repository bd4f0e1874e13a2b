/** The log of the plain-Node host: JSON lines in a file of the data folder, with what is secret or private left out. */
import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { makeDataFolder } from './data-folder.ts';
import { LOG_FILE, type Log } from '../engine/log.ts';
import { withoutHome } from '../engine/without-home.ts';

/** A log that has grown larger is set aside at the next start, so that two of them are kept at most. */
const LARGEST_BYTES = 5_000_000;
/** What one run writes at most. */
const RUN_BYTES = 20_000_000;
/** Keys that never reach a line, whoever puts them there by mistake. */
const REDACTED = ['pat', 'token', 'authorization', 'path', 'caption', 'keywords'];

/**
 * Opens the log; `close` ends it. A line never throws: one that cannot be written, on a full disk, is left out, since
 * the work is worth more than its log.
 *
 * @param runBytes what is written at most; then one last line says so
 */
export function openFileLog(dataFolder: string, runBytes: number = RUN_BYTES): Log & { close(): void } {
  makeDataFolder(dataFolder);
  const path = join(dataFolder, LOG_FILE);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > LARGEST_BYTES) renameSync(path, `${path}.old`);
  // Stacks and the system's own words name paths; what a log is shown for needs nobody's name.
  const lines = openLines(path, runBytes);
  const file = { ...lines, write: (line: string) => lines.write(withoutHome(line)) };
  const logger = pino(
    {
      level: 'info',
      redact: { paths: REDACTED, censor: '[left out]' },
      base: { pid: process.pid },
    },
    file,
  );
  return {
    debug: (event, facts) => logger.debug(facts ?? {}, event),
    info: (event, facts) => logger.info(facts ?? {}, event),
    warn: (event, facts) => logger.warn(facts ?? {}, event),
    error: (event, facts) => logger.error(facts ?? {}, event),
    close: () => file.close(),
  };
}

function openLines(path: string, runBytes: number): { write(line: string): void; close(): void } {
  const descriptor = openSync(path, 'a', 0o600);
  let isOpen = true;
  let isBroken = false;
  let left = runBytes;

  function append(line: string): void {
    // What is left of a line that did not fit ends before the next one begins.
    const bytes = Buffer.from(isBroken ? `\n${line}` : line);
    try {
      isBroken = writeSync(descriptor, bytes) < bytes.length;
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      isBroken = true;
    }
  }

  return {
    write(line) {
      if (!isOpen || left <= 0) return;
      left -= Buffer.byteLength(line);
      append(line);
      if (left <= 0) {
        append(`${JSON.stringify({ level: 40, time: Date.now(), pid: process.pid, msg: 'log-full' })}\n`);
      }
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(descriptor);
    },
  };
}
