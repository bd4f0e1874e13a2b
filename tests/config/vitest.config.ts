import path from 'node:path';
import { defineConfig } from 'vitest/config';
import ClosingLine from './closing-line.ts';

const WINDOW = 'tests/ui/**/*.test.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', new ClosingLine()],
    projects: [
      { extends: true, test: { name: 'program', include: ['tests/**/*.test.ts'], exclude: [WINDOW] } },
      {
        extends: true,
        test: {
          name: 'window',
          include: [WINDOW],
          // Only when a test of the window is run: the page is built for it, and a browser found or installed.
          globalSetup: [path.join(import.meta.dirname, 'window-setup.ts')],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
