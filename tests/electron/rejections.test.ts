/** Failures that nobody took up: Electron lets its processes live with them, which nothing here counts on. */
import { once } from 'node:events';
import { join } from 'node:path';
import type { UtilityProcess } from 'electron';
import { afterEach, expect, it } from 'vitest';
import { temporaryFolder } from '../support/tree.ts';
import { createUtilityStandIn } from '../support/utility-stand-in.ts';

const ELECTRON = join(import.meta.dirname, '../../electron');
/** Fails again and again, beside an entry that has nothing to do with it. */
const STUMBLE =
  'data:text/javascript,setInterval(() => { Promise.reject(new Error("Nobody took this up.")); }, 50)';

let child: UtilityProcess | null = null;
afterEach(() => {
  if (child?.pid !== undefined) process.kill(child.pid, 'SIGKILL');
});

it.each(['engine-process.ts', 'engine/workers/worker.ts', 'practice/main.ts'])(
  'end the process of %s, which is started again or costs one task',
  async (entry) => {
    await using place = await temporaryFolder();
    child = createUtilityStandIn([]).fork(join(ELECTRON, entry), ['--data-dir', place.path], {
      execArgv: ['--import', STUMBLE],
    });
    let said = '';
    child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const isSaid = once(child.stderr as unknown as NodeJS.EventEmitter, 'end');
    const [code] = (await once(child as unknown as NodeJS.EventEmitter, 'exit')) as [number];
    await isSaid;
    expect(code).not.toBe(0);
    expect(said).toContain('Nobody took this up.');
  },
);
