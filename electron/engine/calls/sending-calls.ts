/** Calls that steer the sending. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { EngineParts } from '../engine-parts.ts';
import type { Folder } from '../ledger/folders.ts';
import { SENDING_PARTS } from '../sending-settings.ts';
import { TURNS_AT_ONCE } from '../turn-taking.ts';
import { photosOf } from './edit-answers.ts';
import { parseInWords } from './in-words.ts';
import { OrderError } from './order-error.ts';
import { tagTarget } from './tagging-calls.ts';
import type { Remote } from '#shared/calls.ts';
import {
  OVERRULABLE_RESTS,
  type SendingCalls,
  type SendingSettings,
  type SendingState,
} from '#shared/sending.ts';
import type { TagTarget } from '#shared/tagging.ts';

const nothing = z.strictObject({});
const until = z.number().nullable();

/** One schema per call; each has to fit the contract's type. */
const SENDING_SCHEMAS = {
  sending: nothing,
  saveSending: z.strictObject({ settings: z.strictObject(SENDING_PARTS).partial() }),
  pause: z.strictObject({ until: until.optional() }),
  resume: nothing,
  pauseFolder: z.strictObject({ folderId: z.int(), until }),
  resumeFolder: z.strictObject({ folderId: z.int() }),
  sendAllTheSame: z.strictObject({ kind: z.enum(OVERRULABLE_RESTS) }),
  sendFirst: z.strictObject({
    target: tagTarget,
    destinationId: z.int(),
    isFirst: z.boolean(),
  }),
  hostRests: z.strictObject({ onBattery: z.boolean(), onMetered: z.boolean() }),
} as const satisfies Record<keyof SendingCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createSendingCalls(parts: EngineParts): Remote<SendingCalls> {
  const { ledger, changes, steering, host } = parts;

  function state(): SendingState {
    return { asOf: changes.asOf(), settings: steering.settings(), now: steering.now() };
  }

  function watched(folderId: number): Folder {
    const folder = ledger.folders.byId(folderId);
    if (folder === undefined || folder.removedAt !== null)
      throw new OrderError('This folder is not watched any more.');
    return folder;
  }

  /** @throws OrderError when the time is over already */
  function endOf(wanted: number | null | undefined): number | null {
    const end = wanted ?? null;
    if (end !== null && end <= host.clock.now()) {
      throw new OrderError('The pause would be over already. Choose a later time.');
    }
    return end;
  }

  return {
    sending: async (argument) => {
      nothing.parse(argument);
      return state();
    },
    saveSending: async (argument) => {
      const { settings } = parseInWords(SENDING_SCHEMAS.saveSending, argument);
      steering.save(settings as Partial<SendingSettings>);
      return state();
    },
    pause: async (argument) => {
      steering.pause(endOf(parseInWords(SENDING_SCHEMAS.pause, argument).until));
      return null;
    },
    resume: async (argument) => {
      nothing.parse(argument);
      steering.resume();
      return null;
    },
    pauseFolder: async (argument) => {
      const { folderId, until: wanted } = parseInWords(SENDING_SCHEMAS.pauseFolder, argument);
      steering.pauseFolder(watched(folderId).id, endOf(wanted));
      await steering.settled();
      return null;
    },
    resumeFolder: async (argument) => {
      steering.resumeFolder(watched(parseInWords(SENDING_SCHEMAS.resumeFolder, argument).folderId).id);
      await steering.settled();
      return null;
    },
    sendAllTheSame: async (argument) => {
      steering.overrule(parseInWords(SENDING_SCHEMAS.sendAllTheSame, argument).kind);
      return null;
    },
    sendFirst: async (argument) => {
      const { target, destinationId, isFirst } = parseInWords(SENDING_SCHEMAS.sendFirst, argument);
      const wanted = await photosOf(parts, target as TagTarget);
      let photoCount = 0;
      for (let from = 0; from < wanted.length; from += TURNS_AT_ONCE) {
        const piece = wanted.slice(from, from + TURNS_AT_ONCE);
        photoCount += ledger.transaction(
          () => piece.filter((photoId) => ledger.turns.setFirst(photoId, destinationId, isFirst)).length,
        );
        await nextTurn();
      }
      for (const line of parts.openLines()) line.uploader.wake();
      return { asOf: changes.asOf(), photoCount, leftCount: wanted.length - photoCount };
    },
    hostRests: async (argument) => {
      steering.hostRests(SENDING_SCHEMAS.hostRests.parse(argument));
      return null;
    },
  };
}
