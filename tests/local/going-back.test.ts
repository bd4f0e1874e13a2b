/** Going back to a backup from a page of the local host: its engine ends, and begins on the backup. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { accessEngine } from '../../electron/local/engine-access.ts';
import { endOf, serveHere } from './window-server.ts';

test('the engine begins on the backup, for pages, commands and what is asked meanwhile', async () => {
  await using window = await serveHere();
  const page = await window.open();
  const { destinationId } = await page.calls.glance({ destinationId: null });
  const foldersOf = async ({ calls }: typeof page): Promise<readonly string[]> =>
    (await calls.status({})).folders.map((folder) => folder.path);
  const pictures = path.join(window.home, 'Pictures');

  const { at } = await page.calls.backUp({});
  await page.calls.addFolders({ paths: [pictures], destinationId });
  expect(await foldersOf(page)).toEqual([pictures]);

  const ended = endOf(page.socket);
  const [exchanged, meanwhile] = await Promise.all([page.calls.goBackToBackup({ at }), foldersOf(page)]);
  expect([existsSync(exchanged.asidePath ?? ''), meanwhile]).toEqual([true, []]);
  expect(await ended).toMatchObject({ code: 1001 });

  const again = await window.open();
  expect(await foldersOf(again)).toEqual([]);
  await again.calls.addFolders({ paths: [pictures], destinationId });
  await expect.poll(() => again.events.length).toBeGreaterThan(0);
  const beside = await accessEngine(window.dataFolder, {});
  expect([beside.isOwner, (await beside.api.status({})).folders.length]).toEqual([false, 1]);
  await beside.close();
});

test('a backup that is not there changes nothing', async () => {
  await using window = await serveHere();
  const page = await window.open();
  await expect(page.calls.goBackToBackup({ at: 1 })).rejects.toThrow(
    /not there any more, and nothing was changed/,
  );
  expect((await page.calls.backups({})).backups).toEqual([]);
});
