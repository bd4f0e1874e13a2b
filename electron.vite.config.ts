import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};

/**
 * Builds engine, hosts and their processes as JavaScript, file by file, so that processes find their entries beside
 * them as they do in the sources; the preload as one CommonJS file, which is what a sandboxed one can be; and the page.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out',
      rolldownOptions: {
        input: {
          'electron/main': 'electron/main.ts',
          'electron/engine-process': 'electron/engine-process.ts',
          'electron/local/command-line': 'electron/local/command-line.ts',
          'electron/engine/workers/worker': 'electron/engine/workers/worker.ts',
          'electron/engine/care/care-thread': 'electron/engine/care/care-thread.ts',
          'electron/engine/edits/keyword-thread': 'electron/engine/edits/keyword-thread.ts',
          'electron/engine/sheets/reader-thread': 'electron/engine/sheets/reader-thread.ts',
          'electron/practice/main': 'electron/practice/main.ts',
        },
        external: [/^node:/, 'electron', 'vite', ...Object.keys(dependencies)],
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: '.',
          entryFileNames: '[name].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/electron',
      emptyOutDir: false,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', codeSplitting: false, entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // An asset in a `data:` address would be one more thing for the page's policy to allow.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
