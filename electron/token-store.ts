/** Tokens, encrypted with a key of the system's keychain, in one file; one token per base URL. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { safeStorage } from 'electron';
import { z } from 'zod';
import type { PatStore } from '#shared/host-api.ts';

const FILE = z.strictObject({ tokens: z.record(z.string(), z.base64()) });

export interface TokenStore {
  /** What protects the tokens here. */
  kind(): PatStore;
  /** The token of a base URL; null when there is none. */
  read(baseUrl: string): Promise<string | null>;
  save(baseUrl: string, pat: string): Promise<void>;
  forget(baseUrl: string): Promise<void>;
}

/**
 * @param path of the file
 * @param platform default: this one
 */
export function createTokenStore(path: string, platform: NodeJS.Platform = process.platform): TokenStore {
  /** Asked for with every request to the service, and decrypting may ask another process. */
  const known = new Map<string, string>();
  let saving: Promise<void> = Promise.resolve();

  async function write(baseUrl: string, pat: string): Promise<void> {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) {
      throw new Error(
        'The system’s keychain does not answer, so the token was not kept. Unlock it and try again, or start ' +
          'Tagalong with the token in CLARIFAI_PAT.',
      );
    }
    const encrypted = await safeStorage.encryptStringAsync(pat);
    await writeTokens(path, {
      ...(await readTokens(path)),
      [plainBase(baseUrl)]: encrypted.toString('base64'),
    });
    known.set(plainBase(baseUrl), pat);
  }

  async function remove(baseUrl: string): Promise<void> {
    const base = plainBase(baseUrl);
    const { [base]: kept, ...others } = await readTokens(path);
    if (kept !== undefined) await writeTokens(path, others);
    known.delete(base);
  }

  /** One after the other: each one writes all tokens. */
  function inTurn(act: () => Promise<void>): Promise<void> {
    const done = saving.then(act);
    saving = done.catch(() => undefined);
    return done;
  }

  return {
    kind: () =>
      platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
        ? 'basic-text'
        : 'keychain',
    async read(baseUrl) {
      const base = plainBase(baseUrl);
      const before = known.get(base);
      if (before !== undefined) return before;
      const encrypted = (await readTokens(path))[base];
      if (encrypted === undefined) return null;
      const { result, shouldReEncrypt } = await decrypt(encrypted);
      known.set(base, result);
      if (shouldReEncrypt) await this.save(baseUrl, result);
      return result;
    },
    save: (baseUrl, pat) => inTurn(() => write(baseUrl, pat)),
    forget: (baseUrl) => inTurn(() => remove(baseUrl)),
  };
}

async function decrypt(encrypted: string): Promise<Electron.DecryptStringAsyncReturnValue> {
  try {
    return await safeStorage.decryptStringAsync(Buffer.from(encrypted, 'base64'));
  } catch (cause) {
    // Its own words are those of a library, and of no use to anybody.
    throw new Error(
      'The system’s keychain does not give the token back. Unlock it, or enter the token again.',
      { cause },
    );
  }
}

async function readTokens(path: string): Promise<Readonly<Record<string, string>>> {
  try {
    return FILE.parse(JSON.parse(await readFile(path, 'utf8'))).tokens;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw new Error(`The file of tokens is damaged: ${path}. Remove it, and enter the token again.`, {
        cause: error,
      });
    }
    throw error;
  }
}

async function writeTokens(path: string, tokens: Readonly<Record<string, string>>): Promise<void> {
  const partial = `${path}.partial`;
  await writeFile(partial, JSON.stringify({ tokens }), { mode: 0o600, flush: true });
  await rename(partial, path);
}

function plainBase(baseUrl: string): string {
  return (URL.parse(baseUrl)?.href ?? baseUrl).replace(/\/+$/u, '');
}
