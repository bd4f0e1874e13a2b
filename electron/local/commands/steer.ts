/** `tagalong pause`, `resume` and `sending`: steer the sending, here or in the running owner. */
import { resolve } from 'node:path';
import { dataFolderOf } from '../../host/data-folder.ts';
import { withEngine } from '../engine-access.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { EngineApi } from '#shared/engine-api.ts';
import type { LimitNow, SendingOrder, SendingSettings } from '#shared/sending.ts';

export interface PauseOptions {
  /** Length in ms. */
  readonly for?: number;
  /** Minutes after midnight: the next time that the clock says so. */
  readonly until?: number;
  readonly dataDir?: string;
}

export interface SendingOptions {
  readonly order?: SendingOrder;
  /** MB/s. */
  readonly limit?: number | 'none';
  readonly requests?: number;
  readonly json?: boolean;
  readonly dataDir?: string;
}

/** Nothing is sent by an engine that is only started to be told. */
const STILL = { watches: false, resumesAll: false, sends: false } as const;
const times = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** Pauses everything, or one watched folder. Returns the exit code. */
export async function runPause(
  folder: string | undefined,
  options: PauseOptions,
  terminal: Terminal,
): Promise<number> {
  const until = endOf(options, Date.now());
  const end = until === null ? '' : ` until ${times.format(until)}`;
  return withEngine(dataFolderOf(options.dataDir), STILL, async ({ api }) => {
    if (folder === undefined) await api.pause({ until });
    else await api.pauseFolder({ folderId: await folderIn(api, folder), until });
    terminal.say(folder === undefined ? `Sending is paused${end}.` : `${folder} is paused${end}.`);
    return EXIT.ok;
  });
}

/** Ends the pause of everything, or of one watched folder. Returns the exit code. */
export async function runResume(
  folder: string | undefined,
  options: { readonly dataDir?: string },
  terminal: Terminal,
): Promise<number> {
  return withEngine(dataFolderOf(options.dataDir), STILL, async ({ api }) => {
    if (folder === undefined) await api.resume({});
    else await api.resumeFolder({ folderId: await folderIn(api, folder) });
    const { destinations } = await api.status({});
    const holds = destinations.flatMap((destination) => destination.holds);
    const done = folder === undefined ? 'The pause is over.' : `The photos of ${folder} are sent again.`;
    // What else is in the way is no pause of the owner's.
    terminal.say([done, ...new Set(holds.map(({ sentence }) => sentence))].join(' '));
    return EXIT.ok;
  });
}

/** Shows how photos are sent, after changing what is given. Returns the exit code. */
export async function runSending(options: SendingOptions, terminal: Terminal): Promise<number> {
  const { order, limit, requests } = options;
  const settings: Partial<SendingSettings> = {
    ...(order === undefined ? {} : { order }),
    ...(limit === undefined ? {} : { limit: limit === 'none' ? null : Math.round(limit * 1_000_000) }),
    ...(requests === undefined ? {} : { batchesInFlight: requests }),
  };
  return withEngine(dataFolderOf(options.dataDir), STILL, async ({ api }) => {
    const state =
      Object.keys(settings).length === 0 ? await api.sending({}) : await api.saveSending({ settings });
    if (options.json === true) terminal.print(JSON.stringify({ ...state.settings, now: state.now }));
    else for (const line of linesOf(state.settings, state.now)) terminal.print(line);
    return EXIT.ok;
  });
}

function endOf({ for: ms, until }: PauseOptions, now: number): number | null {
  if (ms !== undefined) return now + ms;
  if (until === undefined) return null;
  const today = new Date(now);
  const at = (day: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + day, 0, until).getTime();
  return at(0) > now ? at(0) : at(1);
}

/** @throws UsageError when the folder is not watched */
async function folderIn(api: EngineApi, folder: string): Promise<number> {
  const path = resolve(folder);
  const { folders } = await api.folders({});
  const found = folders.find((one) => one.path === path);
  if (found !== undefined) return found.id;
  throw new UsageError(`The folder ${folder} is not watched. "tagalong status" lists those that are.`);
}

function linesOf({ order, batchesInFlight, limit, timetable }: SendingSettings, now: LimitNow): string[] {
  const end = now.until === null ? '' : ` until ${times.format(now.until)}`;
  return [
    `Order             ${order}`,
    `Requests at once  ${batchesInFlight}`,
    `Limit             ${limitWords(limit)}`,
    `Timetable         ${timetable.length === 0 ? 'none' : `${timetable.length} lines; the window shows and changes it`}`,
    `Now               ${limitWords(now.limit)}${end}`,
  ];
}

function limitWords(limit: number | null): string {
  if (limit === null) return 'none';
  return limit === 0 ? 'nothing is sent' : `${limit / 1_000_000} MB/s`;
}
