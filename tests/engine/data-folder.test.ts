/** A data folder on a network file system is refused in words. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startEngine } from '../../electron/engine/engine.ts';
import { silentLog } from '../../electron/engine/log.ts';
import { realClock } from '../../electron/engine/clock.ts';
import { temporaryFolder } from '../support/tree.ts';

const never = (): never => {
  throw new Error('Nothing of the host is needed.');
};

it('is not used, not even made', async () => {
  await using folder = await temporaryFolder();
  const dataFolder = path.join(folder.path, 'ledger');
  const host = {
    dataFolder,
    clock: realClock,
    program: { tagalong: '0', sharp: '0' },
    log: silentLog,
    fetch: never,
    startWorker: never,
    pat: never,
    practice: never,
  };
  const onNetwork = (asked: string) => {
    expect(asked).toBe(dataFolder);
    return Promise.resolve({ kind: 'network', type: 'nfs4', mountPoint: '/nas' } as const);
  };
  await expect(startEngine(host, { fileSystemOf: onNetwork })).rejects.toMatchObject({
    name: 'DataFolderOnNetworkError',
    message: `The data folder ${dataFolder} is on a network file system (nfs4), where the ledger cannot be kept safely. Choose a folder on a local disk with --data-dir; the photos themselves may be on the network.`,
  });
  expect(await readdir(folder.path)).toEqual([]);
});
