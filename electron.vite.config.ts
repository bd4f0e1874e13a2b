import { readFileSync } from 'node:fs';
import { defineConfig } from 'electron-vite';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};

/**
 * Builds the engine and its processes as JavaScript, file by file, so that processes find their entries beside them as
 * they do in the sources.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out',
      rolldownOptions: {
        input: {
          'electron/local/command-line': 'electron/local/command-line.ts',
          'electron/engine/workers/worker': 'electron/engine/workers/worker.ts',
          'electron/engine/sheets/reader-thread': 'electron/engine/sheets/reader-thread.ts',
          'electron/practice/main': 'electron/practice/main.ts',
        },
        external: [/^node:/, ...Object.keys(dependencies)],
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: '.',
          entryFileNames: '[name].js',
        },
      },
    },
  },
});
