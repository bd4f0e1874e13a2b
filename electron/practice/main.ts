/**
 * The practice account as a process:
 * `node electron/practice/main.ts --data-dir DIR [--port N] [--user-id U] [--app-id A] [--pat-file F] [--unlimited-rate]
 * [--indexing-ms N] [--deletion-ms N] [--indexing decode|header] [--with-parent]`.
 *
 * When it is ready it prints where it is, and tells its parent `{ kind: 'ready', apiBase, userId, appId, pat }`.
 */
import { parseArgs } from 'node:util';
import { startPracticeServer, type PracticeServer, type PracticeServerOptions } from './server.ts';

// Node ends a process for a failure that nobody took up, Electron only warns.
process.on('unhandledRejection', (error) => {
  throw error;
});

const STOP_LIMIT_MS = 1_000;

const count = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${name} has to be a whole number, not ${text}`);
  return value;
};

const readOptions = (): { readonly options: PracticeServerOptions; readonly withParent: boolean } => {
  const { values } = parseArgs({
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string' },
      'user-id': { type: 'string' },
      'app-id': { type: 'string' },
      'pat-file': { type: 'string' },
      'unlimited-rate': { type: 'boolean' },
      'indexing-ms': { type: 'string' },
      'deletion-ms': { type: 'string' },
      indexing: { type: 'string' },
      'with-parent': { type: 'boolean' },
    },
  });
  const dataDir = values['data-dir'];
  if (dataDir === undefined)
    throw new Error('--data-dir is missing: the folder where the practice account lives');
  const { indexing } = values;
  if (indexing !== undefined && indexing !== 'decode' && indexing !== 'header') {
    throw new Error(`--indexing has to be decode or header, not ${indexing}`);
  }
  return {
    options: {
      dataDir,
      ...(values.port === undefined ? {} : { port: count('port', values.port) }),
      ...(values['user-id'] === undefined ? {} : { userId: values['user-id'] }),
      ...(values['app-id'] === undefined ? {} : { appId: values['app-id'] }),
      ...(values['pat-file'] === undefined ? {} : { patFile: values['pat-file'] }),
      ...(values['indexing-ms'] === undefined
        ? {}
        : { indexingMs: count('indexing-ms', values['indexing-ms']) }),
      ...(values['deletion-ms'] === undefined
        ? {}
        : { deletionMs: count('deletion-ms', values['deletion-ms']) }),
      ...(indexing === undefined ? {} : { indexing }),
      unlimitedRate: values['unlimited-rate'] ?? false,
    },
    withParent: values['with-parent'] ?? false,
  };
};

/** Electron gives its utility processes a port instead of an IPC channel; a message over it asks for the end. */
interface MaybeUtilityProcess {
  readonly parentPort?: {
    postMessage(message: unknown): void;
    on(event: 'message', listener: () => void): void;
  } | null;
}

const { parentPort } = process as MaybeUtilityProcess;

const announce = ({ apiBase, userId, appId, pat }: PracticeServer): void => {
  console.log(`API base: ${apiBase}\nUser id: ${userId}\nApp id: ${appId}\nPAT: ${pat}`);
  const ready = { kind: 'ready', apiBase, userId, appId, pat };
  process.send?.(ready);
  parentPort?.postMessage(ready);
};

const run = async (): Promise<void> => {
  const { options, withParent } = readOptions();
  if (withParent) {
    process.once('disconnect', () => process.exit(0));
    // Ctrl-C reaches all processes of a terminal; the parent, which has it too, ends this one in order.
    process.on('SIGINT', () => undefined);
  }
  const server = await startPracticeServer(options);
  const end = (): void => {
    setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
    void server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  parentPort?.on('message', end);
  if (!withParent) process.once('SIGINT', end);
  announce(server);
};

try {
  await run();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
  process.disconnect?.();
  // Nothing else ends a utility process whose work is over.
  if (parentPort !== null && parentPort !== undefined) process.exit(1);
}
