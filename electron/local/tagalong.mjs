#!/usr/bin/env node
// The `tagalong` command. It only finds a Node that can run the program, and then starts it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const NEEDED = 24;
const [major] = process.versions.node.split('.').map(Number);

if (major !== undefined && major >= NEEDED) {
  // Kept compiled beside what it is made of: the start takes a third of the time, and no memory for the compiler. The
  // processes that are started from here find it by the variable.
  const compiled = fileURLToPath(new URL('../../node_modules/.cache/tagalong', import.meta.url));
  process.env['NODE_COMPILE_CACHE'] ??= compiled;
  module.enableCompileCache(process.env['NODE_COMPILE_CACHE']);
  // Bodies are made of strings that die at once: room for more of them costs 20 MB and makes nothing faster.
  setFlagsFromString('--semi-space-growth-factor=1');
  const { runCommandLine } = await import('./command-line.ts');
  await runCommandLine(process.argv.slice(2));
} else {
  const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
  if (existsSync(own)) {
    const script = fileURLToPath(import.meta.url);
    // The child gets Ctrl-C from the terminal itself; this process only waits for it.
    process.on('SIGINT', () => undefined);
    const { status, signal } = spawnSync(own, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exitCode = signal === null ? (status ?? 1) : 1;
  } else {
    process.stderr.write(
      `Tagalong needs Node ${NEEDED} or newer; this is ${process.version}.\n` +
        'Run `npm install` in its folder, which brings the right one along, or install Node from nodejs.org.\n',
    );
    process.exitCode = 1;
  }
}
