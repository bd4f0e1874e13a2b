/** The token of one destination: what requests take, and whether another one came while the last one is rejected. */
import { createHash } from 'node:crypto';
import type { EngineHost } from './host.ts';

/** How often a rejected token is compared with the present one, in ms. */
const LOOK_MS = 3000;

/** A token, or why there is none that may be used. */
export type GivenToken = string | { readonly unusable: string };

/** Where the requests of a destination get their token. */
export interface DestinationToken {
  /** The present token, for a request. */
  take(): Promise<GivenToken>;
  /** Starts to look, while `isRejected`, for another token than the last one taken; `onOther` when there is one. */
  watch(isRejected: () => boolean, onOther: () => void): void;
  stop(): void;
}

/** Only a digest of the token is remembered. */
export function createDestinationToken(
  { clock, log, pat }: Pick<EngineHost, 'clock' | 'log' | 'pat'>,
  baseUrl: string,
): DestinationToken {
  let lastTaken: string | null = null;
  let isStopped = false;
  let timer: { cancel(): void } | null = null;

  async function read(): Promise<GivenToken> {
    try {
      return (await pat(baseUrl)) ?? '';
    } catch (error) {
      return { unusable: error instanceof Error ? error.message : String(error) };
    }
  }

  async function look(isRejected: () => boolean, onOther: () => void): Promise<void> {
    if (!isRejected()) return;
    const present = digest(await read());
    if (!isStopped && present !== lastTaken) onOther();
  }

  function watch(isRejected: () => boolean, onOther: () => void): void {
    timer = clock.setTimer(() => {
      void look(isRejected, onOther)
        .catch((error: unknown) => log.warn('token-look-failed', { error: String(error) }))
        .finally(() => {
          if (!isStopped) watch(isRejected, onOther);
        });
    }, LOOK_MS);
  }

  return {
    async take() {
      const token = await read();
      lastTaken = digest(token);
      return token;
    },
    watch,
    stop() {
      isStopped = true;
      timer?.cancel();
    },
  };
}

function digest(token: GivenToken): string {
  return createHash('sha256').update(JSON.stringify(token)).digest('hex');
}
