/** Calls that set accounts and folders up. */
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { checkAccount, checkKnownAccount } from '../account-check.ts';
import type { EngineParts } from '../engine-parts.ts';
import type { Destination } from '../ledger/destinations.ts';
import { recordOrder } from '../orders.ts';
import { parseInWords } from './in-words.ts';
import { OrderError } from './order-error.ts';
import { isOwn } from './own-folders.ts';
import type { GlanceCalls } from '#shared/glance.ts';
import type { Remote } from '#shared/calls.ts';

type SetupCalls = Pick<GlanceCalls, 'checkAccount' | 'checkDestination' | 'addDestination' | 'addFolders'>;

const names = {
  baseUrl: z
    .string()
    .trim()
    .refine(isPlainAddress, 'The address has to be like https://api.clarifai.com.')
    .refine(isPrivate, 'The address has to begin with https://, or the token could be read on the way.'),
  userId: z.string().trim().min(1, 'The user id is missing.'),
  appId: z.string().trim().min(1, 'The app id is missing.'),
};

/** One schema per call; each has to fit the contract's type. */
export const SETUP_SCHEMAS = {
  checkAccount: z.strictObject({ ...names, pat: z.string().trim().min(1, 'The token is missing.') }),
  checkDestination: z.strictObject({ destinationId: z.int() }),
  addDestination: z.strictObject(names),
  addFolders: z.strictObject({
    paths: z.array(z.string().min(1)).min(1, 'Name at least one folder.').max(1000),
    destinationId: z.int(),
  }),
} as const satisfies Record<keyof SetupCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createSetupCalls(parts: EngineParts): Remote<SetupCalls> {
  const { ledger, host } = parts;

  async function addFolders(paths: readonly string[], destination: Destination): Promise<readonly number[]> {
    const dataFolder = await realpath(host.dataFolder);
    const folders: string[] = [];
    for (const path of new Set(paths)) folders.push(await realFolder(path, dataFolder));
    await parts.lineOf(destination);
    const { id: destinationId } = destination;
    const folderIds = recordOrder(
      { ledger, destinationId, at: host.clock.now(), isAtWork: (id) => parts.isAtWork(id) },
      { folders, destination: null, concepts: [], notConcepts: [] },
    );
    for (const id of await parts.takeUp(folderIds)) parts.ingest.scan(id, 'owner');
    for (const line of parts.openLines()) line.wake();
    return folders.flatMap((path) => ledger.folders.byPath(path)?.id ?? []);
  }

  function knownOne(destinationId: number): Destination {
    const found = ledger.destinations.byId(destinationId);
    if (found === undefined) throw new OrderError('This account is not known here. Choose another one.');
    return found;
  }

  return {
    checkAccount: async (argument) => checkAccount(parseInWords(SETUP_SCHEMAS.checkAccount, argument), host),
    checkDestination: async (argument) =>
      checkKnownAccount(knownOne(SETUP_SCHEMAS.checkDestination.parse(argument).destinationId), host),
    addDestination: async (argument) => {
      const added = ledger.destinations.ensure(
        parseInWords(SETUP_SCHEMAS.addDestination, argument),
        host.clock.now(),
      );
      // Whoever names an account again has most likely just given it another token.
      for (const { destination, uploader } of parts.openLines()) {
        if (destination.id === added.id) uploader.probe();
      }
      return { destinationId: added.id };
    },
    addFolders: async (argument) => {
      const { paths, destinationId } = parseInWords(SETUP_SCHEMAS.addFolders, argument);
      return { folderIds: await addFolders(paths, knownOne(destinationId)) };
    },
  };
}

function isPlainAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

/** Only on this machine does it go without encryption. */
function isPrivate(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/u.test(url?.hostname ?? '');
}

/**
 * The real path of a folder that may be watched.
 *
 * @throws OrderError that names the path and says what is wrong with it
 */
async function realFolder(path: string, dataFolder: string): Promise<string> {
  if (!isAbsolute(path)) throw new OrderError(`${path} is no full path. Name the folder from the top.`);
  let real: string;
  try {
    real = await realpath(path);
    if (!(await stat(real)).isDirectory())
      throw new OrderError(`${path} is a file. Name the folder it is in.`);
  } catch (error) {
    if (error instanceof OrderError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') throw new OrderError(`There is no folder ${path}. Was its drive removed?`);
    throw new OrderError(`The folder ${path} cannot be opened (${String(code ?? error)}).`);
  }
  if (real === dataFolder || isOwn(real, dataFolder)) {
    throw new OrderError(`${path} belongs to Tagalong itself. Name the folder with your photos.`);
  }
  return real;
}
