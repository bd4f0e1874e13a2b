/** The log of the plain-Node host: JSON lines in a file of the data folder, with what is secret or private left out. */
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Log } from '../engine/log.ts';

const LOG_FILE = 'tagalong.log';
/** A log that has grown larger is set aside at the next start, so that two of them are kept at most. */
const LARGEST_BYTES = 5_000_000;
/** Keys that never reach a line, whoever puts them there by mistake. */
const REDACTED = ['pat', 'token', 'authorization', 'path', 'caption', 'keywords'];

/** Opens the log. `close` writes what is left. */
export function openFileLog(dataFolder: string): Log & { close(): void } {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, LOG_FILE);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > LARGEST_BYTES) renameSync(path, `${path}.old`);
  const destination = pino.destination({ dest: path, sync: true, mkdir: true });
  const logger = pino(
    {
      level: 'info',
      redact: { paths: REDACTED, censor: '[left out]' },
      base: { pid: process.pid },
    },
    destination,
  );
  return {
    debug: (event, facts) => logger.debug(facts ?? {}, event),
    info: (event, facts) => logger.info(facts ?? {}, event),
    warn: (event, facts) => logger.warn(facts ?? {}, event),
    error: (event, facts) => logger.error(facts ?? {}, event),
    close: () => destination.end(),
  };
}
