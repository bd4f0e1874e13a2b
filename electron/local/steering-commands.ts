/** The commands that steer the sending: pause, resume, sending. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { runPause, runResume, runSending } from './commands/steer.ts';
import { SENDING_HELP_AFTER } from './help-texts.ts';
import type { Terminal } from './terminal.ts';
import { SENDING_BOUNDS, SENDING_ORDERS } from '#shared/sending.ts';

/**
 * Adds them.
 *
 * @param add makes a command that knows where the data folder is
 * @param end gets the exit code
 */
export function addSteeringCommands(
  add: (words: string) => Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  add('pause')
    .summary('send nothing for a while, of everything or of one folder')
    .description('Pauses the sending; taking in and tagging go on. Without a time until "tagalong resume".')
    .argument('[folder]', 'a watched folder; default: everything')
    .addOption(new Option('--for <length>', 'as 90m, 2h or 1h30m').argParser(lengthOf).conflicts('until'))
    .addOption(new Option('--until <time>', 'as 18:00').argParser(timeOf))
    .action(async (folder: string | undefined, options: object) =>
      end(await runPause(folder, options, terminal)),
    );
  add('resume')
    .summary('send again')
    .argument('[folder]', 'a watched folder; default: everything')
    .action(async (folder: string | undefined, options: object) =>
      end(await runResume(folder, options, terminal)),
    );
  add('sending')
    .summary('show or change order, limit and requests at once')
    .addOption(new Option('--order <order>', 'which photos leave first').choices(SENDING_ORDERS))
    .option('--limit <number>', 'MB/s for all accounts together, or "none"', limitOf)
    .option('--requests <number>', 'requests with photos at once, for each account', requestsOf)
    .option('--json', 'one JSON object')
    .addHelpText('after', SENDING_HELP_AFTER)
    .action(async (options: object) => end(await runSending(options, terminal)));
}

/** Ms of `1h30m`. */
function lengthOf(text: string): number {
  const found = /^(?:(?<hours>\d{1,3})h)?(?:(?<minutes>\d{1,4})m)?$/u.exec(text)?.groups;
  const minutes = Number(found?.['hours'] ?? 0) * 60 + Number(found?.['minutes'] ?? 0);
  if (found === undefined || minutes === 0)
    throw new InvalidArgumentError('It has to be as 90m, 2h or 1h30m.');
  return minutes * 60_000;
}

/** Minutes after midnight of `18:00`. */
function timeOf(text: string): number {
  const found = /^(?<hours>[01]?\d|2[0-3]):(?<minutes>[0-5]\d)$/u.exec(text)?.groups;
  if (found === undefined) throw new InvalidArgumentError('It has to be a time as 18:00.');
  return Number(found['hours']) * 60 + Number(found['minutes']);
}

/** MB/s. */
function limitOf(text: string): number | 'none' {
  if (text === 'none') return text;
  const { least, most } = SENDING_BOUNDS.limit;
  const bytes = Number(text) * 1_000_000;
  if (text.trim() === '' || !(bytes >= least && bytes <= most)) {
    throw new InvalidArgumentError('It has to be "none", or MB/s from 0.01 to 1000.');
  }
  return Number(text);
}

function requestsOf(text: string): number {
  const { least, most } = SENDING_BOUNDS.batchesInFlight;
  const count = Number(text);
  if (!Number.isInteger(count) || count < least || count > most) {
    throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`);
  }
  return count;
}
