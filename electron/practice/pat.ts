/** The PAT of the practice account: made once, random, in a file that only its owner may read. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Reads the PAT; makes it when the file is missing. */
export const readPat = (file: string): string => {
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(16).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const pat = readFileSync(file, 'utf8').trim();
  if (pat === '') throw new Error(`${file} is empty. Delete it, and a new PAT is made.`);
  return pat;
};
