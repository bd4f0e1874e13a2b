/** The command in a network that lets out only what it reads. */
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { startInspectingProxy, AUTHORITY_FILE, SERVICE_NAME } from '../support/inspecting-proxy.ts';
import { jpeg } from '../support/pictures.ts';
import { startPractice } from '../support/practice.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';
import { begin, reportIn, tagalong } from './command.ts';

it('says what is wrong with the certificate, and sends by the proxy once the system trusts its authority', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, {
    'photos/a.jpg': await jpeg({ seed: 1 }),
    'photos/b.jpg': await jpeg({ seed: 2 }),
  });
  const practice = await startPractice();
  try {
    await using proxy = await startInspectingProxy(practice.apiBase);
    const dataDir = ['--data-dir', path.join(folder.path, 'data')];
    const env = {
      HTTPS_PROXY: proxy.url,
      CLARIFAI_API_BASE: `https://${SERVICE_NAME}`,
      CLARIFAI_USER_ID: practice.userId,
      CLARIFAI_APP_ID: practice.appId,
      CLARIFAI_PAT: practice.pat,
    };
    const words = ['ingest', path.join(folder.path, 'photos'), ...dataDir];
    const refused = begin(words, { env });
    await vi.waitFor(
      async () =>
        expect((await tagalong(['status', ...dataDir])).stdout).toMatch(
          /not trusted here \(DEPTH_ZERO_SELF_SIGNED_CERT\).*have its authority trusted by the system/u,
        ),
      { timeout: 40_000, interval: 500 },
    );
    refused.child.kill('SIGINT');
    await refused.ended;
    expect(await practice.inputs()).toEqual([]);

    // Where Linux keeps what it trusts; Node reads the store of the other systems without it.
    const trusted = await tagalong(words, { env: { ...env, SSL_CERT_FILE: AUTHORITY_FILE } });
    expect(trusted).toMatchObject({ code: 0 });
    expect((await practice.inputs()).length).toBe(2);
    expect(new Set(proxy.wanted)).toEqual(new Set([`${SERVICE_NAME}:443`]));
  } finally {
    await practice.stop();
  }
});

it('asks what is on this machine by no proxy', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'photos/a.jpg': await jpeg({ seed: 3 }) });
  const nobody = 'http://127.0.0.1:1';
  const words = ['ingest', path.join(folder.path, 'photos'), '--data-dir', path.join(folder.path, 'data')];
  const ended = await tagalong([...words, '--practice', '--json'], {
    env: { HTTP_PROXY: nobody, HTTPS_PROXY: nobody, NO_PROXY: 'nas.local' },
  });
  expect(ended.code).toBe(0);
  expect(reportIn(ended)).toMatchObject({ uploaded: 1 });
});
