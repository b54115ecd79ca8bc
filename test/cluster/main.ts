import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderRows, writeSection } from '../write-section.ts';
import { checkAdmission } from './admission/admission-part.ts';
import { GoMissing, goVersion } from './build/build.ts';
import { checkCollector } from './collector/collector.ts';
import { checkDatabases } from './database/database-part.ts';
import type { Check, Report } from './report/check.ts';
import { setSample } from './sample.ts';
import { watchInterrupts } from './stack/interrupt.ts';
import { findLeftovers } from './stack/leftovers.ts';
import { checkTrials } from './trials/trials-part.ts';

/**
 * `pnpm test:cluster [--only collector|database|admission|trials] [--sample N]`: holds the project against the real Katib, on this machine's loopback. Builds
 * what it needs once, into a cache (see build/build.ts). With a sample, only every Nth fixture is
 * tried. Writes what it found into docs/cluster.md. Exit codes: 0, 1 where something differs, 2 without Go or for
 * wrong options.
 */
const parts: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  collector: checkCollector,
  database: checkDatabases,
  admission: checkAdmission,
  trials: checkTrials,
};

const document = join(import.meta.dirname, '../../docs/cluster.md');
let every = 1;

/** Lines that are printed of what one check found to be wrong. */
const MOST_LINES = 20;

watchInterrupts();
try {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, sample: { type: 'string', default: '1' } },
  });
  every = Number(values.sample);
  setSample(every);
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
  const checks: Check[] = [];
  const report: Report = (check) => {
    checks.push(check);
    print(name, check);
  };
  await parts[name]?.(report);
  const left = findLeftovers();
  report({
    what: 'what the suite leaves behind',
    against: 'this machine',
    found: `${left.length || 'no'} processes, files, mounts and names of hosts`,
    wrong: left,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${name}: ${seconds} s`);
  writeSection(document, `pnpm test:cluster, ${name}`, renderChecks(checks, seconds));
}

function print(name: string, { what, against, found, wrong, skipped }: Check): void {
  console.log(`${name}: ${what} | ${against} | ${skipped === undefined ? found : `SKIPPED: ${skipped}`}`);
  for (const line of wrong.slice(0, MOST_LINES)) console.log(`  WRONG: ${line}`);
  if (wrong.length > MOST_LINES) console.log(`  and ${wrong.length - MOST_LINES} more`);
  if (wrong.length > 0) process.exitCode = 1;
}

function renderChecks(checks: readonly Check[], seconds: string): string {
  const rows = checks.map(({ what, against, found, wrong, skipped }) => {
    const verdict =
      skipped === undefined
        ? wrong.length === 0
          ? 'holds'
          : `**${wrong.length} wrong**`
        : `skipped: ${skipped}`;
    return [what, against, found, verdict].map((cell) => cell.replaceAll('|', '/').replaceAll('\n', ' '));
  });
  const date = new Date().toISOString().slice(0, 10);
  const part = every === 1 ? '' : `; one fixture in ${every}`;
  const run = `${date}, ${seconds} s${part}. Katib 0.19.0, Kubernetes 1.35.4, ${goVersion().split(' ')[2]}, Node ${process.version}.`;
  return `${run}\n\n${renderRows(['what', 'against', 'found', 'verdict'], rows)}`;
}
