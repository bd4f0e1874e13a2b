/** The real Electron, wherever its binary and a display are. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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

    it('takes in the folder of a second start', async () => {
      const other = join(place.path, 'other');
      await mkdir(other);
      await program.evaluate(
        ({ app }, path) => app.emit('second-instance', {}, [], '', { folders: [path], opened: [] }),
        other,
      );
      await vi.waitFor(async () => {
        const { folders } = await page.evaluate(() => window.tagalong.engine.status({}));
        expect(folders.map(({ path }) => path)).toEqual([folder, other]);
      }, WAIT);
    });
  });
}
