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
    // They end what hangs, and nothing else: a busy machine must not fail a test.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 120_000 } },
    reporters: ['default', './scripts/closing-line-reporter.ts'],
    execArgv: ['--conditions=source'],
  },
});
