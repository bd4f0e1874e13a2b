/** What a command that serves a window does until it ends: it waits, and tells once when all is done. */
import type { EngineAccess } from './engine-access.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { createProgressLine } from './progress-line.ts';
import type { LocalServer } from './server/local-server.ts';
import { summaryOf } from './summary.ts';
import type { Terminal } from './terminal.ts';

/** How often it is looked whether all is final, in ms. */
const POLL_MS = 150;

/** What is stayed with. */
export interface Stay {
  readonly access: Pick<EngineAccess, 'api'>;
  readonly server: Pick<LocalServer, 'pageCount'>;
  /** The run that is reported when it is final; null: none. */
  readonly runId: number | null;
}

/** Stays until Ctrl-C; with `endsAlone` until the run is final and no page is connected. Returns the exit code. */
export async function stayInWindow(
  { access: { api }, server, runId }: Stay,
  { endsAlone = false, json = false }: { readonly endsAlone?: boolean; readonly json?: boolean },
  terminal: Terminal,
): Promise<number> {
  if (runId !== null) {
    const isOver = await follow({ api, runId }, terminal);
    if (!isOver) return EXIT.ok;
    const report = await api.ingestReport({ runId });
    for (const line of summaryOf(report)) {
      if (json) terminal.say(line);
      else terminal.print(line);
    }
    if (json) terminal.print(JSON.stringify(report));
    if (endsAlone && server.pageCount() === 0) {
      terminal.say('Nobody is watching, so this ends here; npx tagalong serve keeps the window there.');
      return exitCodeOf(report);
    }
  }
  terminal.say('Ctrl-C ends it.');
  while (!terminal.interrupted.aborted) await terminal.pause(60_000);
  return EXIT.ok;
}

/** Follows a run until it is final, or only the owner can help; false on Ctrl-C. */
async function follow(
  { api, runId }: Pick<EngineAccess, 'api'> & { readonly runId: number },
  terminal: Terminal,
): Promise<boolean> {
  const line = createProgressLine(terminal.err);
  try {
    while (!terminal.interrupted.aborted) {
      const progress = await api.ingestProgress({ runId });
      line.show(progress, Date.now());
      if (progress.state !== 'working') return true;
      await terminal.pause(POLL_MS);
    }
    return false;
  } finally {
    line.end();
  }
}
