import { parseArgs } from 'node:util';
import { GoMissing, goVersion } from './build/build.ts';
import { checkCollector } from './collector/collector.ts';
import type { Check } from './report/check.ts';
import { watchInterrupts } from './stack/interrupt.ts';

/**
 * `pnpm test:cluster [--only collector]`: holds the project against the real Katib, on this machine's loopback. Builds
 * what it needs once, into a cache (see build/build.ts). Exit codes: 0, 1 where something differs, 2 without Go or for
 * wrong options.
 */
const parts: Readonly<Record<string, () => Promise<readonly Check[]>>> = { collector: checkCollector };

/** Lines that are printed of what one check found to be wrong. */
const MOST_LINES = 20;

watchInterrupts();
try {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const chosen = Object.keys(parts).filter((name) => values.only === undefined || name === values.only);
  if (chosen.length === 0) throw new TypeError(`--only takes ${Object.keys(parts).join(', ')}`);
  console.log(goVersion());
  for (const name of chosen) await runPart(name);
} catch (error) {
  if (!(error instanceof GoMissing || error instanceof TypeError)) throw error;
  console.error(`cluster: ${error.message}`);
  process.exitCode = 2;
}

async function runPart(name: string): Promise<void> {
  const began = performance.now();
  for (const { what, against, found, wrong, skipped } of (await parts[name]?.()) ?? []) {
    console.log(
      `${name}: ${what} against ${against}: ${skipped === undefined ? found : `skipped: ${skipped}`}`,
    );
    for (const line of wrong.slice(0, MOST_LINES)) console.log(`  WRONG: ${line}`);
    if (wrong.length > MOST_LINES) console.log(`  and ${wrong.length - MOST_LINES} more`);
    if (wrong.length > 0) process.exitCode = 1;
  }
  console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
