/** Everything that works for one destination: its client, its uploader, its tag sync. */
import { createRemoval, type Removal } from './account/removal.ts';
import { createCaller } from './clarifai/caller.ts';
import { clientOver, type Client } from './clarifai/client.ts';
import type { Limiter } from './clarifai/limiter.ts';
import { createDestinationToken, type DestinationToken, type GivenToken } from './destination-token.ts';
import { createEnsureConcepts } from './edits/concept-sync.ts';
import { createNameSync } from './edits/name-sync.ts';
import { createTagSync, type TagSync } from './edits/tag-sync.ts';
import type { EngineHost } from './host.ts';
import type { Spool } from './imaging/spool.ts';
import { PRACTICE_BASE_URL, type Destination } from './ledger/destinations.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createUploader } from './upload/uploader.ts';
import type { Steering, Uploader, UploaderSettings } from './upload/uploader-options.ts';
import type { WorkerPool } from './workers/pool.ts';
import { HOLDS } from '#shared/problems.ts';

/** What a line is made of. */
export interface LineParts {
  readonly ledger: Ledger;
  readonly host: EngineHost;
  readonly destination: Destination;
  /** The limiter shared by everything that uses a base URL with a PAT. */
  readonly limiterOf: (apiBase: string, pat: string) => Limiter;
  readonly pool: WorkerPool;
  readonly spool: Spool;
  readonly settings: UploaderSettings;
  readonly steering: Steering;
  readonly onChange: () => void;
}

/** The work for one destination. */
export interface DestinationLine {
  readonly destination: Destination;
  readonly client: Client;
  readonly uploader: Uploader;
  readonly tagSync: TagSync;
  /** Takes away there what the service could not index; only when the owner says so. */
  readonly removal: Removal;
  /** Whether the service did not take a concept: photos go without it. */
  isRefused(conceptId: number): boolean;
  /** All requests of this destination since the start. */
  requestCount(): number;
  /** There may be something to send: photos or tags. */
  wake(): void;
  stop(): Promise<void>;
}

/** Opens the line of a destination; the practice account is started for its own. */
export async function openLine(parts: LineParts): Promise<DestinationLine> {
  const { ledger, host, destination } = parts;
  const { token, ...names } = await addressOf(host, destination);
  let requestCount = 0;
  const caller = createCaller({
    ...names,
    fetch: (input, init) => {
      requestCount += 1;
      return host.fetch(input, init);
    },
    limiter: parts.limiterOf(names.apiBase, keyOf(await names.pat())),
    clock: host.clock,
  });
  const client = clientOver(caller);
  const ensureConcepts = createEnsureConcepts({
    ledger,
    destinationId: destination.id,
    client,
    now: () => host.clock.now(),
  });
  const uploader = createUploader({
    ledger,
    destination,
    client,
    pool: parts.pool,
    spool: parts.spool,
    ensureConcepts,
    clock: host.clock,
    log: host.log,
    random: Math.random,
    onChange: () => {
      tagSync.wake();
      parts.onChange();
    },
    settings: parts.settings,
    steering: parts.steering,
  });
  const tagSync = createTagSync({
    ledger,
    destinationId: destination.id,
    client,
    ensureConcepts,
    names: createNameSync({ ledger, destinationId: destination.id, client, log: host.log }),
    gate: uploader.gate,
    clock: host.clock,
    log: host.log,
  });
  token?.watch(
    () => ledger.holds.of(destination.id).some(({ kind }) => HOLDS[kind].remedy === 'fix-token'),
    () => uploader.probe(),
  );
  return {
    destination,
    client,
    uploader,
    tagSync,
    removal: createRemoval({ caller, client, gate: uploader.gate, clock: host.clock }),
    isRefused: (conceptId) => ensureConcepts.refusal(conceptId) !== undefined,
    requestCount: () => requestCount,
    wake() {
      uploader.wake();
      tagSync.wake();
    },
    async stop() {
      token?.stop();
      await tagSync.stop();
      await uploader.stop();
    },
  };
}

/** Where requests of a destination go, and with which token; `token` is null for the practice account. */
interface Address {
  readonly apiBase: string;
  readonly userId: string;
  readonly appId: string;
  readonly pat: () => Promise<GivenToken>;
  readonly token: DestinationToken | null;
}

async function addressOf(host: EngineHost, { baseUrl, userId, appId }: Destination): Promise<Address> {
  if (baseUrl !== PRACTICE_BASE_URL) {
    const token = createDestinationToken(host, baseUrl);
    return { apiBase: baseUrl, userId, appId, pat: () => token.take(), token };
  }
  const { apiBase, pat } = await host.practice();
  // Asked each time, so that one that died is started again. If it cannot be, the request finds nobody: `offline`.
  const present = async (): Promise<string> => {
    try {
      return (await host.practice()).pat;
    } catch (error) {
      host.log.warn('practice-missing', { error: String(error) });
      return pat;
    }
  };
  return { apiBase, userId, appId, pat: present, token: null };
}

/** What requests share a limiter by: without a token none goes out. */
function keyOf(token: GivenToken): string {
  return typeof token === 'string' ? token : '';
}
