import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { autostartEntry, createLoginItem } from '../../../electron/login-item.ts';
import { temporaryFolder } from '../../support/tree.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);

it('puts a start at login into the folder of Linux, for the file that an AppImage is, and takes it out', async () => {
  await using own = await temporaryFolder();
  const usual = {
    platform: 'linux',
    isPackaged: true,
    executable: '/opt/Tag "a" 5%/tagalong',
    home: own.path,
  } as const;
  const path = join(own.path, '.config', 'autostart', 'tagalong.desktop');
  const item = createLoginItem({ ...usual, env: { APPIMAGE: '/home/x/Tagalong.AppImage' } });
  expect(item.isSet()).toBe(false);
  item.set(true);
  expect([item.isSet(), readFileSync(path, 'utf8')]).toEqual([
    true,
    autostartEntry('/home/x/Tagalong.AppImage'),
  ]);
  item.set(false);
  expect(item.isSet()).toBe(false);
  expect(autostartEntry(usual.executable)).toContain(
    String.raw`Exec="/opt/Tag \\"a\\" 5%%/tagalong" --hidden`,
  );
  expect(createLoginItem({ ...usual, isPackaged: false, env: {} }).isSet()).toBeNull();
});
