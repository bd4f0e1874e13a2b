import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../electron/engine/log.ts';
import { followTheme, startTheme } from '../../../electron/theme.ts';
import { openWindow } from '../../../electron/window.ts';
import {
  FIRST_STATE,
  fitBounds,
  readWindowState,
  SMALLEST,
  writeWindowState,
  type Box,
} from '../../../electron/window-state.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted, parts } = electron;

let place: TemporaryFolder;
let path = '';
beforeAll(async () => {
  place = await temporaryFolder();
  path = join(place.path, 'window.json');
});
afterAll(() => place[Symbol.asyncDispose]());

const number = fc.integer({ min: -5000, max: 5000 });
const area = fc.record({
  x: number,
  y: number,
  width: fc.integer({ min: SMALLEST.width, max: 5000 }),
  height: fc.integer({ min: SMALLEST.height, max: 5000 }),
});
const saved = fc.option(
  fc.record({
    x: number,
    y: number,
    width: fc.integer({ min: 0, max: 9000 }),
    height: fc.integer({ min: 0, max: 9000 }),
  }),
);

function isWithin(box: Box, one: Box): boolean {
  return (
    box.x >= one.x &&
    box.y >= one.y &&
    box.x + box.width <= one.x + one.width &&
    box.y + box.height <= one.y + one.height
  );
}

describe('where the window opens', () => {
  it('is always whole on a display, and never smaller than it may be', () => {
    fc.assert(
      fc.property(saved, area, fc.array(area, { maxLength: 3 }), (bounds, primary, others) => {
        const box = fitBounds(bounds, [primary, ...others]);
        expect([primary, ...others].some((one) => isWithin(box, one))).toBe(true);
        expect(box.width).toBeGreaterThanOrEqual(SMALLEST.width);
        expect(box.height).toBeGreaterThanOrEqual(SMALLEST.height);
      }),
    );
  });

  it('stays where it was when that is whole on a display', () => {
    const primary = { x: 0, y: 0, width: 1920, height: 1080 };
    const right = { x: 1920, y: 0, width: 2560, height: 1440 };
    const box = { x: 2000, y: 100, width: 1000, height: 700 };
    expect(fitBounds(box, [primary, right])).toEqual(box);
    expect(fitBounds(box, [primary])).toEqual({ x: 460, y: 190, width: 1000, height: 700 });
  });
});

describe('what is remembered of the window', () => {
  it('is the first state where nothing, or nothing readable, is written', () => {
    expect(readWindowState(path)).toEqual(FIRST_STATE);
    for (const text of ['{', '{"bounds":{"x":"1"}}', '[]']) {
      writeFileSync(path, text);
      expect(readWindowState(path)).toEqual(FIRST_STATE);
    }
  });

  it('keeps place, size and theme over a close', () => {
    writeWindowState(path, { ...FIRST_STATE, theme: 'light', isMaximized: true });
    const window = openWindow({ preload: '/p.cjs', statePath: path, log: silentLog });
    window.emit('ready-to-show');
    expect(noted.windows[0]?.acts).toEqual(['maximize', 'show']);
    window.emit('close');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      bounds: { x: 10, y: 20, width: 1000, height: 700 },
      isMaximized: true,
      theme: 'light',
    });
  });

  it('loads a page again that died, until it dies again and again: then it says so', () => {
    let loads = 0;
    const window = openWindow({
      preload: '/p.cjs',
      statePath: path,
      log: silentLog,
    }) as unknown as InstanceType<typeof parts.BrowserWindow>;
    window.webContents.reload = () => void (loads += 1);
    const die = (reason: string) =>
      window.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 });
    die('clean-exit');
    for (let time = 0; time < 3; time += 1) die('crashed');
    expect([loads, noted.boxes]).toEqual([3, []]);
    die('crashed');
    expect([loads, noted.boxes.map(({ message }) => message)]).toEqual([
      3,
      ['The window stopped again and again'],
    ]);
  });

  it('takes the theme up before the window opens, and follows it', () => {
    startTheme(path);
    expect(parts.nativeTheme.themeSource).toBe('light');
    followTheme(path, 'dark');
    expect([parts.nativeTheme.themeSource, readWindowState(path).theme]).toEqual(['dark', 'dark']);
  });
});

describe('the window', () => {
  it('is sandboxed, isolated, hidden until painted, on the page’s own ground', () => {
    const options = noted.windows[0]?.options;
    expect(options?.webPreferences).toMatchObject({
      preload: '/p.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect(options).toMatchObject({ show: false, backgroundColor: '#191919', minWidth: 900, minHeight: 600 });
    expect(noted.windows[0]?.webContents.getURL()).toBe('app://tagalong/');
    const tokens = readFileSync(join(import.meta.dirname, '../../../renderer/src/style/tokens.css'), 'utf8');
    expect(tokens).toContain('--table: light-dark(#dedede, #191919)');
  });
});
