import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Log } from '../../../electron/engine/log.ts';
import { silentLog } from '../../../electron/engine/log.ts';
import { guardContents, guardSession } from '../../../electron/guards.ts';
import { isAllowedLink } from '../../../electron/links.ts';
import { declareProtocols, serveProtocols } from '../../../electron/protocols.ts';
import { asContents, createContents, preventable } from '../../support/electron-stand-in.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../../support/tree.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted, parts } = electron;

const NAME = `${'ab'.repeat(32)}-1-320.webp`;
let place: TemporaryFolder;

beforeAll(async () => {
  place = await temporaryFolder();
  await writeTree(join(place.path, 'page'), {
    'index.html': '<p>page</p>',
    assets: { 'main-1.js': 'export {};' },
  });
  await mkdir(join(place.path, 'thumbnails', 'ab'), { recursive: true });
  await writeFile(join(place.path, 'thumbnails', 'ab', NAME), 'picture');
  await writeFile(join(place.path, 'ledger.db'), 'secret');
  await symlink(join(place.path, 'ledger.db'), join(place.path, 'page', 'assets', 'out.js'));
  serveProtocols({ page: join(place.path, 'page'), thumbnails: join(place.path, 'thumbnails') });
});
afterAll(() => place[Symbol.asyncDispose]());

async function get(url: string, method = 'GET'): Promise<[number, string]> {
  const request = { url, method } as Request;
  const answer = await noted.served.get(url.slice(0, url.indexOf(':')))!(request);
  return [answer.status, await answer.text()];
}

describe('links', () => {
  it.each(['https://docs.clarifai.com/api', 'https://clarifai.com/settings/security'])(
    '%s may be opened',
    (link) => {
      expect(isAllowedLink(link)).toBe(true);
    },
  );
  it.each([
    'http://clarifai.com/',
    'https://clarifai.com.example.org/',
    'https://example.org/?clarifai.com',
    'https://me@clarifai.com/',
    'https://clarifai.com:8443/',
    'file:///etc/passwd',
    'smb://clarifai.com/share',
    'javascript:alert(1)',
    'clarifai.com',
  ])('%s may not', (link) => {
    expect(isAllowedLink(link)).toBe(false);
  });
});

describe('a page', () => {
  const warned: string[] = [];
  const log: Log = { ...silentLog, warn: (event) => void warned.push(event) };
  const contents = createContents(1, 'app://tagalong/');
  guardContents(asContents(contents), log);

  it('opens no window; an allowed link opens in the browser', () => {
    const [stranger, known] = ['https://example.org/', 'https://docs.clarifai.com/'].map((url) => {
      const answer = contents.windowOpen?.({ url } as Electron.HandlerDetails);
      return [answer, [...noted.opened]];
    });
    expect(stranger).toEqual([{ action: 'deny' }, []]);
    expect(known?.[0]).toEqual({ action: 'deny' });
    expect(noted.opened).toEqual(['https://docs.clarifai.com/']);
    expect(warned).toEqual(['window-refused']);
  });

  it.each([
    ['will-navigate', 'https://example.org/', true],
    ['will-navigate', 'file:///etc/passwd', true],
    ['will-navigate', 'app://tagalong.example.org/', true],
    ['will-frame-navigate', 'data:text/html,x', true],
    ['will-redirect', 'thumb://thumbnails/', true],
    ['will-navigate', 'app://tagalong/#sheet', false],
  ])('%s to %s: refused %s', (name, url, isRefused) => {
    const event = preventable({ url });
    contents.emit(name, event);
    expect(event.defaultPrevented).toBe(isRefused);
  });

  it('embeds no webview, downloads nothing', () => {
    guardSession(parts.session.defaultSession as unknown as Electron.Session);
    const embed = preventable();
    contents.emit('will-attach-webview', embed);
    const download = preventable();
    parts.session.defaultSession.emit('will-download', download);
    expect([embed.defaultPrevented, download.defaultPrevented]).toEqual([true, true]);
  });

  it('is given no permission but to write to the clipboard', () => {
    const answers = (
      ['media', 'geolocation', 'clipboard-read', 'clipboard-sanitized-write', 'usb'] as const
    ).map((permission) => noted.check?.(asContents(contents), permission, '', {} as never));
    expect(answers).toEqual([false, false, false, true, false]);
    const asked: boolean[] = [];
    for (const page of [contents, createContents(2, 'https://example.org/')]) {
      noted.request?.(asContents(page), 'clipboard-sanitized-write', (is) => asked.push(is), {} as never);
      noted.request?.(asContents(page), 'notifications', (is) => asked.push(is), {} as never);
    }
    expect(asked).toEqual([true, false, false, false]);
  });
});

describe('the private protocols', () => {
  it('are declared as standard and secure, without ways around the policy', () => {
    declareProtocols();
    expect(noted.schemes.map(({ scheme, privileges }) => [scheme, privileges])).toEqual([
      ['app', { standard: true, secure: true, supportFetchAPI: true, codeCache: true }],
      ['thumb', { standard: true, secure: true, supportFetchAPI: true }],
    ]);
  });

  it('serve the page with a strict policy', async () => {
    const answer = await noted.served.get('app')!(new Request('app://tagalong/'));
    expect(await answer.text()).toBe('<p>page</p>');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'none'",
        "form-action 'none'",
      ]),
    );
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(await get('app://tagalong/assets/main-1.js?x')).toEqual([200, 'export {};']);
  });

  it('serve thumbnails by name', async () => {
    expect(await get(`thumb://thumbnails/${NAME}`)).toEqual([200, 'picture']);
  });

  it.each([
    `thumb://thumbnails/${NAME.replace('320', '321')}`,
    `thumb://thumbnails/${NAME.replace('-1-', '-9-')}`,
    `thumb://thumbnails/ab/${NAME}`,
    `thumb://thumbnails/..%2f..%2fledger.db`,
    'thumb://thumbnails/../ledger.db',
    `thumb://elsewhere/${NAME}`,
    'app://tagalong/assets/out.js',
    'app://tagalong/..%2fledger.db',
    'app://tagalong/../ledger.db',
    'app://tagalong//etc/passwd',
    'app://tagalong/.hidden.js',
    'app://tagalong/nothing.js',
    'app://other/index.html',
  ])('%s is not there', async (url) => {
    expect(await get(url)).toEqual([404, '']);
  });

  it('answer only reading', async () => {
    expect(await get(`thumb://thumbnails/${NAME}`, 'POST')).toEqual([404, '']);
  });
});
