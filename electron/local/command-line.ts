/** The `tagalong` command: what it understands, what it says of itself, and how it ends. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AccountError } from '../host/account-options.ts';
import { addCareCommands } from './care-commands.ts';
import { runDryRun } from './commands/dry-run.ts';
import { runIngest, runWatch, type IngestOptions } from './commands/ingest.ts';
import { runExport, runFailures, runStatus } from './commands/look-up.ts';
import { runPractice } from './commands/practice.ts';
import { runRetry, type RetryOptions } from './commands/retry.ts';
import { runServe, type ServeOptions } from './commands/serve.ts';
import { runStart } from './commands/start.ts';
import { EXIT } from './exit-codes.ts';
import { addSteeringCommands } from './steering-commands.ts';
import { isDiskFull, LedgerDamagedError } from '../engine/ledger/open-errors.ts';
import { HELP_AFTER, INGEST_HELP_AFTER, RETRY_HELP_AFTER } from './help-texts.ts';
import { lastWords } from '../host/last-words.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import manifest from '../../package.json' with { type: 'json' };

/** Names of errors that say that the command was given wrongly, wherever they were found. */
const USAGE_ERRORS = ['UsageError', 'AccountError', 'GlobError', 'OrderError', 'ZodError'];

/** Runs one command and sets the exit code. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  const terminal = processTerminal();
  // The last resort: the ledger survives this, and the children end with their parent.
  process.on('uncaughtException', (error) => {
    terminal.say(`tagalong: ${lastWords(error)}`);
    process.exit(EXIT.couldNotRun);
  });
  const program = createProgram(terminal, (code) => {
    process.exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = complain(error, terminal);
  }
  // Handles of native libraries may linger for a while; everything of ours has ended in order by now.
  process.exit();
}

function complain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const isSerious = error instanceof LedgerDamagedError || isDiskFull(error);
  if (terminal.interrupted.aborted && !isSerious) {
    terminal.say('Stopped. Nothing is lost: run the same command again to go on.');
    return EXIT.interrupted;
  }
  terminal.say(`tagalong: ${isSerious ? lastWords(error) : message}`);
  const isUsage = error instanceof UsageError || error instanceof AccountError || USAGE_ERRORS.includes(name);
  return isUsage ? EXIT.usage : EXIT.couldNotRun;
}

/** The command with all its options; `end` gets the exit code. */
export function createProgram(terminal: Terminal, end: (code: number) => void): Command {
  const program = new Command('tagalong')
    .description('Takes photos from folders into a Clarifai app, and says what became of every one of them.')
    .version(manifest.version)
    .helpCommand(false)
    .showHelpAfterError('(tagalong --help explains)')
    .addHelpText('after', HELP_AFTER)
    .exitOverride();
  const run =
    <T extends unknown[]>(act: (...words: T) => Promise<number>) =>
    async (...words: T): Promise<void> =>
      end(await act(...words));

  withIngestOptions(program.command('ingest'))
    .summary('take folders in; end when every photo is final')
    .description('Scans the folders, uploads what the account does not have, follows until all is final.')
    .option('--dry-run', 'say what would be sent; send nothing, write nothing')
    .option('--wait <seconds>', 'end after so long, whatever is pending', numberOf(0, 1e9))
    .addHelpText('after', INGEST_HELP_AFTER)
    .action(
      run((folders: string[], options: IngestOptions) =>
        options.dryRun === true
          ? runDryRun(folders, options, terminal)
          : runIngest(folders, options, terminal),
      ),
    );
  withIngestOptions(program.command('watch'))
    .summary('the same, and stay: new photos go as they come')
    .description('Takes the folders in like ingest and keeps watching them, until Ctrl-C.')
    .action(run((folders: string[], options: IngestOptions) => runWatch(folders, options, terminal)));
  withData(program.command('status'))
    .summary('counts, holds and folders')
    .option('--json', 'one JSON object')
    .action(run((options: object) => runStatus(options, terminal)));
  withData(program.command('failures'))
    .summary('every photo that failed: why, and what helps')
    .option('--json', 'one JSON list')
    .action(run((options: object) => runFailures(options, terminal)));
  withData(program.command('retry'))
    .summary('try failed photos again')
    .description('Tries failed photos again, except those that would only fail the same way.')
    .option('--cause <cause>', 'only photos that failed for this cause')
    .addOption(
      new Option('--as-it-is', 'send incomplete pictures as the bytes of their files').conflicts(
        'smallerCopy',
      ),
    )
    .option('--smaller-copy', 'send sized copies of files that were too large, or of a wrong format')
    .option('--json', 'one JSON object')
    .addHelpText('after', RETRY_HELP_AFTER)
    .action(run((options: RetryOptions) => runRetry(options, terminal)));
  withData(program.command('export'))
    .summary('the ledger: file, photo, picture hash, input id, state, times')
    .addOption(new Option('--csv', 'comma-separated values').conflicts('json'))
    .addOption(new Option('--json', 'a JSON object per line (default)'))
    .option('--full-paths', 'paths from the top of the disk; else the home folder is ~')
    .action(run((options: object) => runExport(options, process.stdout, terminal)));
  addSteeringCommands((words) => withData(program.command(words)), terminal, end);
  addCareCommands((words) => withData(program.command(words)), terminal, end);
  withData(program.command('practice'))
    .summary('run just the practice account')
    .description('Serves the practice account on this machine and prints API base, user id, app id and PAT.')
    .option('--port <number>', 'port; default: a free one', numberOf(0, 65_535))
    .action(run((options: object) => runPractice(options, terminal)));
  withWindowOptions(program.command('serve'))
    .summary('the window in a browser, from this machine')
    .description('Watches all folders and serves the window to a browser on this machine, until Ctrl-C.')
    .option('--listen <host>', 'address to listen on; default: only this machine')
    .option('--allow-host <name>', 'name under which a browser may ask (may be repeated)', collect)
    .option('--keep-key', 'the same address after a restart, for a bookmark; default: a new key each time')
    .action(run((folders: string[], options: ServeOptions) => runServe(folders, options, terminal)));
  withWindowOptions(program.command('start', { hidden: true }))
    .option('--json', 'one JSON object')
    .action(run((folders: string[], options: ServeOptions) => runStart(folders, options, terminal)));
  return program;
}

function withWindowOptions(command: Command): Command {
  return withData(command)
    .argument('[folder...]', 'folders to add')
    .option('--demo', 'take a copy of the demo shoot into the practice account')
    .option('--port <number>', 'port; default: a free one', numberOf(0, 65_535))
    .option('--no-open', 'only print the address');
}

function withIngestOptions(command: Command): Command {
  return withData(command)
    .argument('<folder...>', 'folders with photos; what is in them counts too')
    .option('--concept <name>', 'every photo has this concept (may be repeated)', collect)
    .option('--not-concept <name>', 'every photo is marked as not having it (may be repeated)', collect)
    .option('--metadata <json>', 'JSON object that travels with each input')
    .option(
      '--original',
      'send the files as they are, metadata included; default: a 2048 px copy without any',
    )
    .option('--exclude <glob>', 'leave out files or folders (may be repeated)', collect)
    .option('--json', 'print the report as one JSON object, the last line of standard output')
    .option('--api-base <url>', 'address of the service')
    .option('--user-id <id>', 'user that owns the app')
    .option('--app-id <id>', 'app that takes the inputs')
    .option('--practice', 'the practice account, whatever the environment says')
    .option(
      '--batch-bytes <number>',
      'largest body of a batch; default: grows with the link',
      numberOf(1e4, 128e6),
    );
}

function withData(command: Command): Command {
  return command.option('--data-dir <folder>', "where the ledger lives; default: the system's place for it");
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function numberOf(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most) {
      throw new InvalidArgumentError(`It has to be a number from ${least} to ${most}.`);
    }
    return value;
  };
}
