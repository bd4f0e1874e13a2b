/** Before the first test of the window: the built page, and a browser. Done once, so that workers cannot race. */
import { buildPage } from '../../electron/local/page-build.ts';
import { ensureBrowser } from '../support/browser.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Called by the test runner. */
export async function setup(): Promise<void> {
  await ensureBrowser(say);
  await buildPage({ say });
}
