/** What the build makes for Electron, where its own rules would only show at run time. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileFunction, createContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { buildDesktop } from '../../electron/local/page-build.ts';
import type { Bridge } from '#shared/bridge.ts';
import { ENGINE_CALLS } from '#shared/engine-api.ts';
import { HOST_CALLS } from '#shared/host-api.ts';

const ROOT = join(import.meta.dirname, '../..');

beforeAll(() => buildDesktop({ say: () => undefined }));

describe('the built preload', () => {
  it('is CommonJS, loads electron and nothing else, and gives out one function per call', async () => {
    const code = await readFile(join(ROOT, 'out/electron/preload.cjs'), 'utf8');
    expect(code).not.toMatch(/^\s*(import|export)\b|\bimport\s*\(/mu);
    const loaded: string[] = [];
    const sent: string[] = [];
    const exposed: Record<string, Bridge> = {};
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, bridge: Bridge) => (exposed[name] = bridge) },
      ipcRenderer: { on: () => undefined, send: (channel: string) => sent.push(channel) },
      webUtils: {},
    };
    const load = (name: string): unknown => {
      loaded.push(name);
      return electron;
    };
    // As a sandboxed preload is run: a function with `require`, in a world without Node.
    const run = compileFunction(code, ['require', 'module', 'exports'], {
      parsingContext: createContext({}),
    });
    run(load, { exports: {} }, {});
    expect(loaded).toEqual(['electron']);
    expect(Object.keys(exposed)).toEqual(['tagalong']);
    expect(Object.keys(exposed['tagalong']?.engine ?? {})).toEqual(ENGINE_CALLS);
    expect(Object.keys(exposed['tagalong']?.host ?? {})).toEqual(HOST_CALLS);
    expect(sent).toEqual(['wants-engine']);
  });
});

describe('the build', () => {
  it.each([
    manifest.main,
    'out/electron/engine-process.js',
    'out/electron/engine/workers/worker.js',
    'out/electron/practice/main.js',
    'out/electron/local/command-line.js',
  ])('has %s as a module', async (path) => {
    expect(await readFile(join(ROOT, path), 'utf8')).toMatch(/^(import|export)\b/mu);
  });

  it('has a page that loads its own files only, and none within itself', async () => {
    const page = await readFile(join(ROOT, 'out/renderer/index.html'), 'utf8');
    const sources = [...page.matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !/^\.?\/\w[\w./-]*$/u.test(source ?? ''))).toEqual([]);
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|data:/u);
  });
});
