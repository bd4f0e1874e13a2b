/** The commands about the care of the data: backup, restore, diagnostics. */
import { InvalidArgumentError, type Command } from 'commander';
import { runBackup, runRestore } from './commands/backup.ts';
import { runDiagnostics } from './commands/diagnostics.ts';
import { BACKUP_HELP_AFTER, DIAGNOSTICS_HELP_AFTER, RESTORE_HELP_AFTER } from './help-texts.ts';
import type { Terminal } from './terminal.ts';

/**
 * Adds them.
 *
 * @param add makes a command that knows where the data folder is
 * @param end gets the exit code
 */
export function addCareCommands(
  add: (words: string) => Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  add('backup')
    .summary('copy the ledger, also while Tagalong runs')
    .description('Makes a checked copy of the ledger, named by the time, and removes the oldest ones.')
    .option('--to <folder>', 'where backups lie; default: "backups" in the data folder')
    .option('--keep <number>', 'how many stay there; default: as in the settings, at first 5', wholeNumber)
    .option('--json', 'one JSON object')
    .addHelpText('after', BACKUP_HELP_AFTER)
    .action(async (options: object) => end(await runBackup(options, terminal)));
  add('restore')
    .summary('put a backup in the place of the ledger')
    .description('Makes a backup the ledger again. Refused while Tagalong runs on the data folder.')
    .argument('<backup>', 'file that tagalong backup made')
    .addHelpText('after', RESTORE_HELP_AFTER)
    .action(async (backup: string, options: object) => end(await runRestore(backup, options, terminal)));
  add('diagnostics')
    .summary('what helps others to help; nothing private is in it')
    .description(
      'Prints versions, system, settings, how the sending is steered, counts, holds, failures by cause and the end of the log.',
    )
    .option('--file-names', 'with the names of files that failed, without their folders')
    .addHelpText('after', DIAGNOSTICS_HELP_AFTER)
    .action(async (options: object) => end(await runDiagnostics(options, terminal)));
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/u.test(text)) {
    throw new InvalidArgumentError('It has to be a whole number from 1 to 9999.');
  }
  return Number(text);
}
