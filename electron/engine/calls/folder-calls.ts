/** Calls about watched folders, and about what leaves this computer. */
import { z } from 'zod';
import type { ActDone } from '../edits/acts.ts';
import { changeFolder, removeFolder } from '../edits/folder-acts.ts';
import type { EngineParts } from '../engine-parts.ts';
import { followFolders } from '../folder-following.ts';
import { previewExclude, watchedFolders } from '../folder-view.ts';
import { createFilter } from '../ingest/path-filter.ts';
import { leavingOf } from '../leaving.ts';
import type { Folder } from '../ledger/folders.ts';
import { wakeLines } from './edit-answers.ts';
import { parseInWords } from './in-words.ts';
import { OrderError } from './order-error.ts';
import type { Remote } from '#shared/calls.ts';
import {
  RECIPE_BOUNDS,
  type FolderCalls,
  type FolderChange,
  type FolderDone,
  type RenditionRecipe,
} from '#shared/folders.ts';

const nothing = z.strictObject({});
const which = z.strictObject({ folderId: z.int() });
const globs = z.array(z.string()).max(200, 'A folder has at most 200 patterns.');

function within(name: keyof RenditionRecipe, words: string) {
  const { least, most } = RECIPE_BOUNDS[name];
  const sentence = `${words} has to be a whole number from ${least} to ${most}.`;
  return z.int(sentence).min(least, sentence).max(most, sentence);
}

/** One schema per call; each has to fit the contract's type. */
const FOLDER_SCHEMAS = {
  folders: nothing,
  previewExclude: z.strictObject({ folderId: z.int(), excludeGlobs: globs }),
  changeFolder: z.strictObject({
    folderId: z.int(),
    change: z
      .strictObject({
        destinationId: z.int(),
        excludeGlobs: globs,
        sends: z.enum(['rendition', 'original']),
        recipe: z.strictObject({
          longEdge: within('longEdge', 'The long edge'),
          quality: within('quality', 'The quality'),
        }),
        sendsGps: z.boolean(),
        sendsCaptureTime: z.boolean(),
        sendsFileName: z.boolean(),
        concepts: z.array(z.string()).max(100, 'A folder adds at most 100 concepts.'),
        notConcepts: z.array(z.string()).max(100, 'A folder adds at most 100 concepts.'),
        addsFolderName: z.boolean(),
        metadata: z.null(),
      })
      .partial(),
  }),
  rescanFolder: which,
  removeFolder: which,
  leaving: z.strictObject({ photoId: z.int(), destinationId: z.int() }),
} as const satisfies Record<keyof FolderCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createFolderCalls(parts: EngineParts): Remote<FolderCalls> {
  const { ledger, changes, host, ingest } = parts;

  function watched(folderId: number): Folder {
    const folder = ledger.folders.byId(folderId);
    if (folder === undefined || folder.removedAt !== null) {
      throw new OrderError('This folder is not watched any more. Add it again to change it.');
    }
    return folder;
  }

  async function answer(done: ActDone): Promise<FolderDone> {
    await followFolders(parts, done);
    wakeLines(parts, done);
    const { editId, label, photoCount } = done;
    return { editId, label, photoCount, asOf: changes.asOf() };
  }

  return {
    folders: async (argument) => {
      nothing.parse(argument);
      // Read first: the answer shows at least what was there then.
      const asOf = changes.asOf();
      return { asOf, folders: await watchedFolders(parts) };
    },
    previewExclude: async (argument) => {
      const { folderId, excludeGlobs } = parseInWords(FOLDER_SCHEMAS.previewExclude, argument);
      return previewExclude(parts, watched(folderId), excludeGlobs);
    },
    changeFolder: async (argument) => {
      const { folderId, change } = parseInWords(FOLDER_SCHEMAS.changeFolder, argument);
      const folder = watched(folderId);
      createFilter({ include: [], exclude: change.excludeGlobs ?? [] });
      const { destinationId } = change;
      if (destinationId !== undefined && ledger.destinations.byId(destinationId) === undefined) {
        throw new OrderError('This account is not known here. Choose another one.');
      }
      const at = host.clock.now();
      return answer(changeFolder(ledger, { folder, change: change as FolderChange, at }));
    },
    rescanFolder: async (argument) => {
      const { id } = watched(parseInWords(FOLDER_SCHEMAS.rescanFolder, argument).folderId);
      await parts.takeUp([id]);
      ingest.scan(id, 'owner');
      return null;
    },
    removeFolder: async (argument) => {
      const folder = watched(parseInWords(FOLDER_SCHEMAS.removeFolder, argument).folderId);
      return answer(removeFolder(ledger, folder, host.clock.now()));
    },
    leaving: async (argument) => {
      const asOf = changes.asOf();
      const found = leavingOf(parts, parseInWords(FOLDER_SCHEMAS.leaving, argument));
      if (found === null) throw new OrderError('This photo is not at the account that is shown.');
      return { ...found, asOf };
    },
  };
}
