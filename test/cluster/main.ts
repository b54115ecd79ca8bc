import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderRows, writeSection } from '../write-section.ts';
import { checkAdmission } from './admission/admission-part.ts';
import { build, GoMissing, goVersion } from './build/build.ts';
import { programs } from './build/programs.ts';
import { checkCollector } from './collector/collector.ts';
import { checkDatabases } from './database/database-part.ts';
import type { Check, Report } from './report/check.ts';
import { setSample } from './sample.ts';
import { onInterrupt, watchInterrupts } from './stack/interrupt.ts';
import { findLeftovers } from './stack/leftovers.ts';
import { checkTrials } from './trials/trials-part.ts';

/**
 * `pnpm test:cluster [--only collector|database|admission|trials] [--sample N]`: holds the project against the real Katib, on this machine's loopback. Builds
 * what it needs once, into a cache (see build/build.ts). With a sample, only every Nth fixture is
 * tried. Writes what it found into docs/cluster.md. Exit codes: 0, 1 where something differs, 2 without Go or for
 * wrong options.
 *
 * Trials mostly wait, for Katib's controllers: the other parts go on beside them, in a process of their own.
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

/** Parts that run one after the other, beside those of the other lane. */
const lanes = [['trials'], ['collector', 'database', 'admission']];

watchInterrupts();
try {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, sample: { type: 'string', default: '1' } },
  });
  every = Number(values.sample);
  setSample(every);
  const chosen = values.only ?? Object.keys(parts);
  if (chosen.some((name) => !(name in parts)))
    throw new TypeError(`--only takes ${Object.keys(parts).join(', ')}`);
  if (values.only === undefined) await runLanes();
  else for (const name of chosen) await runPart(name);
} catch (error) {
  if (!(error instanceof GoMissing || error instanceof TypeError)) throw error;
  console.error(`cluster: ${error.message}`);
  process.exitCode = 2;
}

async function runLanes(): Promise<void> {
  console.log(goVersion());
  const began = performance.now();
  for (const program of Object.values(programs)) await build(program);
  const built = performance.now();
  console.log(`built: ${seconds(began, built)} s`);
  const codes = await Promise.all(lanes.map(runLane));
  process.exitCode = Math.max(...codes);
  console.log(`run: ${seconds(built, performance.now())} s`);
}

/** Runs parts in a process of their own; gives its exit code. */
async function runLane(names: readonly string[]): Promise<number> {
  const only = names.flatMap((name) => ['--only', name]);
  const args = [...process.execArgv, import.meta.filename, ...only, '--sample', String(every)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  // a terminal's Ctrl-C reaches both; another's SIGTERM reaches this one alone
  const forget = onInterrupt(() => child.kill());
  const [code] = await once(child, 'close');
  forget();
  return code ?? 1;
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(0);
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
  const took = seconds(began, performance.now());
  console.log(`${name}: ${took} s`);
  writeSection(document, `pnpm test:cluster, ${name}`, renderChecks(checks, took));
}

function print(name: string, { what, against, found, wrong, skipped }: Check): void {
  console.log(`${name}: ${what} | ${against} | ${skipped === undefined ? found : `SKIPPED: ${skipped}`}`);
  for (const line of wrong.slice(0, MOST_LINES)) console.log(`  WRONG: ${line}`);
  if (wrong.length > MOST_LINES) console.log(`  and ${wrong.length - MOST_LINES} more`);
  if (wrong.length > 0) process.exitCode = 1;
}

function renderChecks(checks: readonly Check[], took: string): string {
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
  const run = `${date}, ${took} s${part}. Katib 0.19.0, Kubernetes 1.35.4, ${goVersion().split(' ')[2]}, Node ${process.version}.`;
  return `${run}\n\n${renderRows(['what', 'against', 'found', 'verdict'], rows)}`;
}
