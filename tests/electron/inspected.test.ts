/** The desktop program in a network that lets out only what it reads. */
import { afterEach, expect, it, vi } from 'vitest';
import { AUTHORITY_FILE, SERVICE_NAME, startInspectingProxy } from '../support/inspecting-proxy.ts';
import { openPage } from '../support/page-stand-in.ts';
import { startPractice } from '../support/practice.ts';
import { temporaryFolder } from '../support/tree.ts';

const electron = await vi.hoisted(async () =>
  (await import('../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const WAIT = { timeout: 20_000, interval: 50 };

afterEach(() => vi.unstubAllEnvs());

it('its engine goes by the proxy, and trusts what the system trusts', async () => {
  await using place = await temporaryFolder();
  const practice = await startPractice();
  await using proxy = await startInspectingProxy(practice.apiBase);
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  vi.stubEnv('SSL_CERT_FILE', AUTHORITY_FILE);
  process.argv = ['tagalong', `--data-dir=${place.path}`];
  await import('../../electron/main.ts');
  await vi.waitFor(() => expect(electron.noted.windows).toHaveLength(1), WAIT);
  const page = openPage(electron, electron.noted.windows[0]!.webContents);
  const { userId, appId, pat } = practice;
  const baseUrl = `https://${SERVICE_NAME}`;
  expect(await page.engine.checkAccount({ baseUrl, userId, appId, pat })).toMatchObject({ ok: true });
  expect(proxy.wanted).toContain(`${SERVICE_NAME}:443`);
  electron.parts.app.quit();
  await vi.waitFor(() => expect(electron.noted.exits).toEqual([0]), WAIT);
  await practice.stop();
});
