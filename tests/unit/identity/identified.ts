/** Shorthands for the tests of identity. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { identify } from '../../../electron/engine/ingest/identity.ts';
import type { Identified } from '../../../electron/engine/workers/jobs.ts';

export type IdentifiedPhoto = Extract<Identified, { kind: 'photo' }>;

export const identifyPath = (file: string): Promise<Identified> =>
  identify(file, { signal: new AbortController().signal });

/** Identifies a file that has to be a photo. */
export async function identifyPhoto(file: string): Promise<IdentifiedPhoto> {
  const found = await identifyPath(file);
  if (found.kind !== 'photo') throw new Error(`${file} was identified as ${JSON.stringify(found)}`);
  return found;
}

export interface Folder {
  readonly root: string;
  /** Writes a file and returns its path. */
  write(name: string, bytes: Buffer): Promise<string>;
  /** Writes bytes under a name and identifies them as a photo. */
  photo(name: string, bytes: Buffer): Promise<IdentifiedPhoto>;
  remove(): Promise<void>;
}

/** A temporary folder. */
export async function createFolder(): Promise<Folder> {
  const root = await mkdtemp(path.join(tmpdir(), 'tagalong-identity-'));
  const write = async (name: string, bytes: Buffer): Promise<string> => {
    const file = path.join(root, name);
    await writeFile(file, bytes);
    return file;
  };
  return {
    root,
    write,
    photo: async (name, bytes) => await identifyPhoto(await write(name, bytes)),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
