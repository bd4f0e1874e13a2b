/** The real Electron, wherever its binary and a display are. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Electron from 'electron';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildDesktop } from '../../electron/local/page-build.ts';
import { makePictures } from '../support/pictures.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';
import type { Bridge } from '#shared/bridge.ts';

const ROOT = join(import.meta.dirname, '../..');
const WAIT = { timeout: 40_000, interval: 100 };

/** Electron's own module would try to download it. */
function electronBinary(): string | null {
  const folder = join(ROOT, 'node_modules/electron');
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return null;
  const path = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    readFileSync(name, 'utf8'),
  );
  return existsSync(path) ? path : null;
}

function hasDisplay(): boolean {
  const { env, platform } = process;
  return platform !== 'linux' || env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined;
}

/** The page as these tests see it, without the types of the web. */
declare const window: {
  tagalong: Bridge;
  location: { href: string };
  require?: unknown;
  process?: unknown;
  states?: string[];
  fetch(address: string): Promise<unknown>;
  eval(code: string): unknown;
  open(address: string): unknown;
  Image: new () => { src: string; naturalWidth: number; decode(): Promise<void> };
};

/** What {@link noteTray} leaves in the program. */
interface NotedTray {
  readonly tray: { readonly labels: readonly string[]; readonly tip: string };
  /** Presses an item of the tray's menu; of one with a menu of its own, the last in that. */
  press(label: string): void;
}

/** Runs in the program: keeps what the tray is given from now on, which Electron does not give back. */
function noteTray({ Tray }: typeof Electron): void {
  const tray = { labels: [] as string[], tip: '' };
  let items: Electron.MenuItem[] = [];
  const proto = Tray.prototype;
  Object.assign(proto, {
    setContextMenu: new Proxy<(menu: Electron.Menu | null) => void>(Reflect.get(proto, 'setContextMenu'), {
      apply(act, self, [menu]: [Electron.Menu | null]) {
        items = menu?.items ?? [];
        tray.labels = items.map(({ label }) => label);
        Reflect.apply(act, self, [menu]);
      },
    }),
    setToolTip: new Proxy<(tip: string) => void>(Reflect.get(proto, 'setToolTip'), {
      apply(act, self, [tip]: [string]) {
        tray.tip = tip;
        Reflect.apply(act, self, [tip]);
      },
    }),
  });
  Object.assign(globalThis, {
    tray,
    press(label: string) {
      const item = items.find((one) => one.label === label);
      (item?.submenu?.items.at(-1) ?? item)?.click();
    },
  });
}

const binary = electronBinary();
if (binary === null || !hasDisplay()) {
  it.skip('the real Electron: its binary, or a display, is not here', () => undefined);
} else {
  describe('the real program', () => {
    let place: TemporaryFolder;
    let program: ElectronApplication;
    let page: Page;
    let folder = '';

    beforeAll(async () => {
      await buildDesktop({ say: () => undefined });
      place = await temporaryFolder();
      folder = join(place.path, 'shoot');
      await mkdir(folder);
      await makePictures(folder, { count: 6, mix: { jpeg: 1 } });
      program = await _electron.launch({
        executablePath: binary,
        // Chromium's sandbox does not start as root.
        args: [
          ROOT,
          '--data-dir',
          join(place.path, 'data'),
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ],
      });
      page = await program.firstWindow();
    });
    afterAll(async () => {
      await program.close();
      await place[Symbol.asyncDispose]();
    });

    it('shows the page in a sandbox: no Node, no network, no code from text, no other window', async () => {
      const seen = await page.evaluate(async () => {
        const answers: string[] = [];
        await window.fetch('https://example.org/').catch(() => answers.push('no network'));
        try {
          window.eval('1');
        } catch {
          answers.push('no eval');
        }
        return {
          answers,
          href: window.location.href,
          node: [typeof window.require, typeof window.process],
          opened: window.open('https://example.org/') === null,
        };
      });
      expect(seen).toEqual({
        answers: ['no network', 'no eval'],
        href: 'app://tagalong/',
        node: ['undefined', 'undefined'],
        opened: true,
      });
      expect(program.windows()).toHaveLength(1);
    });

    it('takes a folder in, and shows its thumbnails over the private protocol', async () => {
      await page.evaluate(async (path) => {
        const { destinationId } = await window.tagalong.engine.glance({ destinationId: null });
        await window.tagalong.engine.addFolders({ paths: [path], destinationId });
      }, folder);
      await vi.waitFor(async () => {
        const counts = await page.evaluate(
          async () => (await window.tagalong.engine.glance({ destinationId: null })).counts,
        );
        expect(counts.indexed).toBe(6);
      }, WAIT);
      const width = await page.evaluate(async () => {
        const { engine, host } = window.tagalong;
        const { destinationId } = await engine.glance({ destinationId: null });
        const [row] = (await engine.rowsOf({ destinationId, photoIds: [1] })).rows;
        const image = new window.Image();
        image.src = `${(await host.hostFacts({})).thumbnailBase}${row?.pictureHash}-${row?.orientation}-320.webp`;
        await image.decode();
        return image.naturalWidth;
      });
      expect(width).toBeGreaterThan(0);
    });

    it('starts a killed engine again, and the page goes on with it', async () => {
      await page.evaluate(() => {
        const states: string[] = [];
        window.states = states;
        window.tagalong.onConnection(({ state }) => states.push(state));
      });
      const pid = await program.evaluate(
        ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Tagalong engine')?.pid,
      );
      process.kill(pid ?? Number.NaN, 'SIGKILL');
      await vi.waitFor(
        async () => expect(await page.evaluate(() => window.states)).toEqual(['here', 'gone', 'here']),
        WAIT,
      );
      const { folders } = await page.evaluate(() => window.tagalong.engine.status({}));
      expect(folders.map(({ path }) => path)).toEqual([folder]);
    });

    it('has a menu whose items are the page’s commands', async () => {
      const labels = await program.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()
          ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
          .map(({ label }) => label),
      );
      expect(labels).toEqual(expect.arrayContaining(['Add folder…', 'Undo', 'Queue', 'Keyboard shortcuts']));
      await program.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()
          ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
          .find(({ label }) => label === 'Queue')
          ?.click(),
      );
      await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor();
    });

    it('pauses and resumes from the tray, whose picture and words follow', async () => {
      await program.evaluate(noteTray);
      const tray = () => program.evaluate(() => (globalThis as unknown as NotedTray).tray);
      const press = (label: string) =>
        program.evaluate((_electron, name) => (globalThis as unknown as NotedTray).press(name), label);
      const isPaused = () =>
        page.evaluate(async () =>
          (await window.tagalong.engine.glance({ destinationId: null })).holds.some(
            ({ kind }) => kind === 'paused',
          ),
        );
      // Something has to change for the tray to be drawn again; a pause by the page’s own call does.
      await page.evaluate(() => window.tagalong.engine.pause({}));
      await vi.waitFor(async () => expect((await tray()).labels).toContain('Resume sending'), WAIT);
      await press('Resume sending');
      await vi.waitFor(async () => expect(await isPaused()).toBe(false), WAIT);
      await vi.waitFor(async () => expect((await tray()).labels).toContain('Pause sending'), WAIT);
      await press('Pause sending');
      await vi.waitFor(async () => expect(await isPaused()).toBe(true), WAIT);
      await vi.waitFor(async () => expect((await tray()).tip).toMatch(/^Tagalong: .*paused/u), WAIT);
      await page.evaluate(() => window.tagalong.engine.resume({}));
      await vi.waitFor(async () => expect(await isPaused()).toBe(false), WAIT);
    });

    it('says what is in flight before it quits, and goes on when the owner wants that', async () => {
      await program.evaluate(({ dialog }) => {
        const asked: string[] = [];
        Object.assign(globalThis, { asked });
        dialog.showMessageBox = (...given: unknown[]) => {
          asked.push((given.at(-1) as { readonly message: string }).message);
          return Promise.resolve({ response: 1, checkboxChecked: false });
        };
      });
      const many = join(place.path, 'many');
      await mkdir(many);
      await makePictures(many, { count: 60, mix: { jpeg: 1 } });
      await page.evaluate(async (path) => {
        const { destinationId } = await window.tagalong.engine.glance({ destinationId: null });
        await window.tagalong.engine.addFolders({ paths: [path], destinationId });
      }, many);
      await vi.waitFor(async () => {
        const { waitingPaths, counts } = await page.evaluate(() =>
          window.tagalong.engine.glance({ destinationId: null }),
        );
        expect(waitingPaths + counts.found + counts.queued + counts.sending).toBeGreaterThan(0);
      }, WAIT);
      await program.evaluate(({ app }) => app.quit());
      await vi.waitFor(async () => {
        const asked = await program.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
        expect(asked).toEqual([expect.stringMatching(/^Quit with .*still to be/u)]);
      }, WAIT);
      const { folders } = await page.evaluate(() => window.tagalong.engine.status({}));
      expect(folders.map(({ path }) => path)).toContain(many);
      // The end of these tests is not asked about.
      await program.evaluate(({ dialog }) => {
        dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
      });
    });

    it('takes in the folder of a second start', async () => {
      const other = join(place.path, 'other');
      await mkdir(other);
      await program.evaluate(
        ({ app }, path) => app.emit('second-instance', {}, [], '', { folders: [path], opened: [] }),
        other,
      );
      await vi.waitFor(async () => {
        const { folders } = await page.evaluate(() => window.tagalong.engine.status({}));
        expect(folders.map(({ path }) => path)).toEqual(expect.arrayContaining([folder, other]));
      }, WAIT);
    });
  });
}
