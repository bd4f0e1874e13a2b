/** The input id that a file's picture has at the service, on every machine. */
import { identify } from '../../electron/engine/ingest/identity.ts';
import { inputIdOf } from '../../electron/engine/ingest/look.ts';

/** @throws Error when the file is no photo */
export async function inputIdOfFile(file: string): Promise<string> {
  const identified = await identify(file, { signal: new AbortController().signal });
  if (identified.kind !== 'photo') throw new Error(`${file} is no photo: ${identified.kind}.`);
  return inputIdOf(identified.pictureHash);
}
