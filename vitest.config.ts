import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    include: ['packages/**/test/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    setupFiles: ['test/fix-seeds.ts'],
    // Most tests wait for programs that they start: the default, one worker on two cores, leaves the machine idle.
    maxWorkers: 2,
    testTimeout: 60_000,
    reporters: ['default', './scripts/closing-line-reporter.ts'],
    execArgv: ['--conditions=source'],
  },
});
