/** Which program opens the window. */
import { expect, it } from 'vitest';
import { hasDisplay, programFor, type BrowserPlaces } from '../../../electron/local/open-window.ts';

const ADDRESS = 'http://127.0.0.1:8080/open/ticket';

function open(platform: NodeJS.Platform, env: BrowserPlaces['env'], programs: readonly string[]) {
  return programFor(ADDRESS, '/data/window', { platform, env, isProgram: (path) => programs.includes(path) });
}

it.runIf(process.platform === 'linux')(
  'takes a browser of the Chromium family for a window of its own, the first there is',
  () => {
    const env = { PATH: '/usr/local/bin:/usr/bin', DISPLAY: ':0' };
    const found = open('linux', env, ['/usr/bin/chromium', '/usr/bin/brave', '/usr/local/bin/chromium']);
    expect(found.file).toBe('/usr/local/bin/chromium');
    expect(found.words).toEqual(expect.arrayContaining([`--app=${ADDRESS}`, '--user-data-dir=/data/window']));
    const mac = open('darwin', { HOME: '/Users/ann' }, [
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]);
    expect(mac.file).toContain('Microsoft Edge');
    const edge = 'C:\\Edge/Microsoft/Edge/Application/msedge.exe';
    expect(open('win32', { ProgramFiles: 'C:\\Edge' }, [edge]).file).toBe(edge);
  },
);

it('takes the default browser where there is none of them', () => {
  expect(open('linux', { PATH: '/usr/bin', DISPLAY: ':0' }, [])).toEqual({
    file: 'xdg-open',
    words: [ADDRESS],
  });
  expect(open('darwin', {}, [])).toEqual({ file: 'open', words: [ADDRESS] });
  expect(open('win32', {}, [])).toEqual({ file: 'cmd.exe', words: ['/c', 'start', '""', ADDRESS] });
});

it('knows where there is a screen', () => {
  expect(hasDisplay({ platform: 'linux', env: {} })).toBe(false);
  expect(hasDisplay({ platform: 'linux', env: { DISPLAY: '' } })).toBe(false);
  expect(hasDisplay({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true);
  expect(hasDisplay({ platform: 'darwin', env: {} })).toBe(true);
});
