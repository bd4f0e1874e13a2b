/** What the packages are made of, as far as it shows without making one. */
import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import config from '../../packaging/electron-builder.json' with { type: 'json' };
import { unpackedFolder } from '../../electron/host/program-folder.ts';
import { buildDesktop } from '../../electron/local/page-build.ts';
import { APP_ID } from '../../electron/run-desktop.ts';
import { trayPicture, type TrayState } from '../../electron/tray-menu.ts';

const electron = await vi.hoisted(async () =>
  (await import('../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);

const ROOT = join(import.meta.dirname, '../..');

/** Every fuse of https://github.com/electron/fuses, version 1, but the one for WebAssembly's traps. */
const HARDENED = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/** Files of a list of globs, those with `!` taken out. */
function chosen(globs: readonly string[]): readonly string[] {
  const exclude = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  return globs
    .filter((glob) => !glob.startsWith('!'))
    .flatMap((glob) => globSync(glob, { cwd: ROOT, exclude }));
}

beforeAll(() => buildDesktop({ say: () => undefined }));

describe('the packages', () => {
  it('have every fuse hardened, one archive that is checked, and targets for three systems', () => {
    expect(config.electronFuses).toEqual(HARDENED);
    expect(config.asar).toBe(true);
    expect([config.linux.target, config.mac.target, config.win.target]).toEqual([
      ['AppImage', 'deb'],
      ['dmg', 'zip'],
      ['nsis'],
    ]);
    expect(config.mac.hardenedRuntime).toBe(true);
    expect(config.appId).toBe(APP_ID);
  });

  it('hold the program, its page, its pictures and the demo shoot; no sources, tests or tokens', () => {
    const files = chosen(config.files);
    for (const file of [
      manifest.main,
      'package.json',
      'out/electron/preload.cjs',
      'out/electron/engine-process.js',
      'out/electron/engine/workers/worker.js',
      'out/electron/engine/edits/keyword-thread.js',
      'out/electron/engine/sheets/reader-thread.js',
      'out/electron/practice/main.js',
      'out/renderer/index.html',
    ]) {
      expect(files).toContain(file);
    }
    expect(files.some((file) => file.startsWith('electron/local/demo/photos/'))).toBe(true);
    expect(files.filter((file) => /\.tsx?$|^tests|^docs|\.env|\.db/u.test(file))).toEqual([]);
    for (const path of [
      config.linux.icon,
      config.mac.icon,
      config.win.icon,
      config.mac.entitlements,
      config.nsis.include,
    ]) {
      expect(existsSync(join(ROOT, path))).toBe(true);
    }
  });

  it('leave outside of the archive what has to be a real file', async () => {
    const unpacked = chosen(config.asarUnpack);
    const natives = globSync('node_modules/{better-sqlite3,@parcel/watcher*,@img/sharp-*}/**/*.node', {
      cwd: ROOT,
    });
    expect(natives.length).toBeGreaterThan(2);
    expect(natives.filter((file) => !config.asarUnpack.some((glob) => matchesGlob(file, glob)))).toEqual([]);
    expect(unpacked).toContain(manifestPhotos()[0]);
    expect(unpackedFolder('/opt/Tagalong/resources/app.asar')).toBe(
      '/opt/Tagalong/resources/app.asar.unpacked',
    );
    expect(unpackedFolder('/home/me/app.asar.d/tagalong')).toBe('/home/me/app.asar.d/tagalong');
    // What the program loads at run time is a dependency, not a tool: only those are packed.
    const loaded = new Set<string>();
    for (const file of chosen(['out/electron/**/*.js'])) {
      const code = await readFile(join(ROOT, file), 'utf8');
      for (const [, name = ''] of code.matchAll(/(?:from ?|import ?\(?)["']((?:@[\w-]+\/)?[\w-]+)["'/]/gu))
        loaded.add(name);
    }
    const packed = [...Object.keys(manifest.dependencies), 'electron', 'vite'];
    expect([...loaded].filter((name) => !packed.includes(name))).toEqual([]);
    expect(loaded.size).toBeGreaterThan(5);
    expect(loaded).toContain('electron-updater');
  });

  it('have a picture for every state of the tray, twice as large for dense displays, and a large icon', async () => {
    const states: readonly TrayState['engine'][] = ['opening', 'here', 'gone', 'ended'];
    const names = new Set(states.map((engine) => trayPicture({ engine, standing: null })));
    for (const name of [...names, 'busy', 'paused']) {
      const sizes = await Promise.all(
        ['', '@2x'].map(
          async (dense) =>
            (await sharp(join(ROOT, `electron/pictures/tray-${name}${dense}.png`)).metadata()).width,
        ),
      );
      expect(sizes).toEqual([22, 44]);
    }
    expect((await sharp(join(ROOT, config.mac.icon)).metadata()).width).toBe(1024);
    const icons = globSync('*.png', { cwd: join(ROOT, config.linux.icon) });
    // 512 is the largest that the icon theme of Linux has a place for.
    expect(icons).toEqual(expect.arrayContaining(['16x16.png', '48x48.png', '256x256.png', '512x512.png']));
    for (const name of icons) {
      const { width } = await sharp(join(ROOT, config.linux.icon, name)).metadata();
      expect(name).toBe(`${width}x${width}.png`);
    }
  });

  it('offer folders and photos to Tagalong in the file managers of all three, and take over neither', async () => {
    const images = config.linux.mimeTypes.filter((type) => type.startsWith('image/'));
    expect(['inode/directory', ...images]).toEqual(config.linux.mimeTypes);
    expect(images).toContain('image/jpeg');
    // A desktop may make it the one that opens folders: then it has to ask first.
    expect(config.linux.executableArgs).toEqual(['--opened']);
    expect(config.mac.extendInfo.CFBundleDocumentTypes).toEqual([
      expect.objectContaining({ LSItemContentTypes: ['public.folder'], LSHandlerRank: 'Alternate' }),
      expect.objectContaining({ LSItemContentTypes: ['public.image'], LSHandlerRank: 'Alternate' }),
    ]);
    const script = await readFile(join(ROOT, config.nsis.include), 'utf8');
    const [installed = '', removed = ''] = script.split('!macro customUnInstall');
    expect(installed).toContain('FOLDER}\\command" "" \'"$INSTDIR');
    expect(installed).toContain('SupportedTypes');
    // A file type's own key would make it the program for that type.
    expect(script).not.toMatch(/Classes\\\./u);
    // What is written at the installation is taken out again.
    expect(removed.match(/DeleteRegKey/gu)).toHaveLength(2);
    expect(keysOf(removed, 'DeleteRegKey')).toEqual(keysOf(installed, 'WriteRegStr'));
    expect(keysOf(removed, 'DeleteRegKey').size).toBe(2);
  });
});

describe('the container', () => {
  it('takes what the build and the program need out of the checkout by name, and owns its data folder', async () => {
    const recipe = await readFile(join(ROOT, 'packaging/Containerfile'), 'utf8');
    const copied = recipe
      .split('\n')
      .filter((line) => /^COPY (?!--from)/u.test(line))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    for (const needed of ['package-lock.json', 'electron.vite.config.ts', 'electron', 'shared', 'renderer']) {
      expect(copied).toContain(needed);
    }
    expect(copied).not.toContain('.');
    expect(recipe).toMatch(/chown node:node \/data\nUSER node/u);
  });
});

function manifestPhotos(): readonly string[] {
  return globSync('electron/local/demo/photos/**/*.jpg', { cwd: ROOT });
}

/** Keys of the registry that a part of the installer's script names after a verb. */
function keysOf(script: string, verb: string): ReadonlySet<string> {
  const named = new RegExp(`${verb} SHCTX "((?:Software\\\\Classes\\\\Applications\\\\)?[^"\\\\]+)`, 'u');
  return new Set(script.split('\n').flatMap((line) => named.exec(line)?.[1] ?? []));
}
