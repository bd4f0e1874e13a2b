/** Serves the page's calls to the desktop: from our own page only, with arguments that fit. */
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { hostChannel, type HostAnswer } from './channels.ts';
import type { Log } from './engine/log.ts';
import { isOurPage } from './guards.ts';
import type { Remote } from '#shared/calls.ts';
import { UPDATE_ACTS } from '#shared/desktop.ts';
import { HOST_CALLS, type HostCall, type HostCalls } from '#shared/host-api.ts';

const nothing = z.strictObject({});
const baseUrl = z.url({ protocol: /^https?$/u, error: 'The address has to begin with https://.' });

/** One schema per call. */
const SCHEMAS = {
  hostFacts: nothing,
  chooseFolders: nothing,
  listFolder: z.strictObject({ path: z.string().nullable() }),
  reveal: z.strictObject({ path: z.string().min(1) }),
  demoFolder: nothing,
  savePat: z.strictObject({
    baseUrl,
    pat: z
      .string()
      .trim()
      .regex(
        /^[\x21-\x7e]+$/u,
        'This is no token: a token has no spaces and no special letters. Copy it again.',
      ),
  }),
  patPlace: z.strictObject({ baseUrl }),
  forgetPat: z.strictObject({ baseUrl }),
  goBackToBackup: z.strictObject({ at: z.int() }),
  saveText: z.strictObject({ name: z.string().min(1).max(200), text: z.string() }),
  desktop: nothing,
  saveDesktop: z
    .strictObject({
      staysInTray: z.boolean(),
      notifies: z.boolean(),
      pausesOnBattery: z.boolean(),
      pausesOnMetered: z.boolean(),
      looksForUpdates: z.boolean(),
      opensAtLogin: z.boolean(),
    })
    .partial(),
  updateTagalong: z.strictObject({ act: z.enum(UPDATE_ACTS) }),
} as const satisfies Record<HostCall, z.ZodType>;

/** Whether a message comes from the top of our own page. */
export function isFromOurPage({ senderFrame }: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurPage(senderFrame.url);
}

/** Answers the calls until the program ends. */
export function serveDesktop(calls: Remote<HostCalls>, log: Log): void {
  for (const call of HOST_CALLS) {
    ipcMain.handle(hostChannel(call), (event, argument: unknown): Promise<HostAnswer> => {
      if (isFromOurPage(event)) return perform(calls, call, argument);
      log.warn('stranger-refused', { call });
      return Promise.resolve({ ok: false, message: 'Only the window of Tagalong can ask this.' });
    });
  }
}

async function perform(calls: Remote<HostCalls>, call: HostCall, argument: unknown): Promise<HostAnswer> {
  const parsed = SCHEMAS[call].safeParse(argument);
  if (!parsed.success)
    return { ok: false, message: parsed.error.issues.map(({ message }) => message).join(' ') };
  try {
    return { ok: true, value: await calls[call](parsed.data as never) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
