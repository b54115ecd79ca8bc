// `pnpm bench:webhook`: Trials at a steady rate, which the real HTTPS server has never seen before. Then the server under
// load, rewriting an Experiment of the SDK, against the same server answering a review of the same size that is none of its
// business. Then its memory over 10 000 rewrites.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type BenchServer, startBenchServer } from './bench-server.ts';
import { type Drive, drive, driveSteadily } from './drive.ts';

const rounds = 5;
const rewrite = readFileSync(join(import.meta.dirname, '../../../fixtures/admission/create.json'), 'utf8');
const ignored = rewrite.replace('"operation": "CREATE"', '"operation": "CONNECT"');

const server = await startBenchServer();
try {
  await measureTrials(server);
  for (const connections of [1, 10]) await compare(server, connections);
  await watchMemory(server);
} finally {
  await server.stop();
}

interface Run extends Drive {
  /** Milliseconds of the server's CPU for one answer. */
  readonly cpu: number;
}

async function compare({ url, readUsage }: BenchServer, connections: number): Promise<void> {
  const run = async (body: string): Promise<Run> => {
    const before = await readUsage();
    const driven = await drive(url, body, connections, { duration: 4 });
    await drive(url, rewrite, 1, { amount: 1 }); // what was cut off is answered before this one
    const { cpu } = await readUsage();
    return { ...driven, cpu: (cpu - before.cpu) / driven.answered };
  };
  await run(rewrite);
  await run(ignored);
  const pairs: { readonly plain: Run; readonly rewriting: Run }[] = [];
  for (let round = 0; round < rounds; round++) {
    const plain = await run(ignored);
    pairs.push({ plain, rewriting: await run(rewrite) });
  }
  const median = (read: (pair: (typeof pairs)[number]) => number): number =>
    pairs.map(read).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  const show = (which: 'plain' | 'rewriting'): string =>
    [
      `${median((pair) => pair[which].perSecond).toFixed(0)}/s`,
      `p50 ${median((pair) => pair[which].p50).toFixed(0)} ms`,
      `p99 ${median((pair) => pair[which].p99).toFixed(0)} ms`,
      `CPU ${median((pair) => pair[which].cpu).toFixed(2)} ms each`,
    ].join(', ');
  const ratio = median(({ plain, rewriting }) => rewriting.perSecond / plain.perSecond);
  const cost = median(({ plain, rewriting }) => rewriting.cpu / plain.cpu);
  console.log(`${connections} connection${connections === 1 ? '' : 's'}`);
  console.log(`  rewriting:     ${show('rewriting')}`);
  console.log(`  not rewriting: ${show('plain')}`);
  console.log(`  ratio:         ${ratio.toFixed(3)} of the rate, ${cost.toFixed(1)} times the CPU`);
}

/** Trials as Katib creates them, to a server that has just become ready: no source is parsed on that path. */
async function measureTrials({ url, readMetric }: BenchServer): Promise<void> {
  const file = join(import.meta.dirname, '../../../fixtures/experiments/captured-image-script/trial.yaml');
  const { request, ...review } = JSON.parse(rewrite);
  const kind = { ...request.kind, kind: 'Trial' };
  const body = JSON.stringify({
    ...review,
    request: { ...request, kind, object: parse(readFileSync(file, 'utf8')) },
  });
  for (const when of ['in the first 4 s', 'then']) {
    const before = await readMetric('trials_captured_total');
    const { answered, p50, p99 } = await driveSteadily(url, body, 100, 4);
    if ((await readMetric('trials_captured_total')) - before < answered)
      throw new Error('not all Trials were captured');
    console.log(
      `Trials at 100 reviews a second, ${when}: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (wanted: below 25 ms)`,
    );
  }
}

async function watchMemory(server: BenchServer): Promise<void> {
  const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
  const before = await server.readMetric('rewritten_total');
  for (let part = 0; part <= 4; part++) {
    const { heap, external, resident } = await server.readUsage();
    console.log(
      `after ${String(part * 2500).padStart(5)} of 10 000 rewrites at 50 connections: heap ${megabytes(heap)}, external ${megabytes(external)}, resident ${megabytes(resident)} MB`,
    );
    if (part < 4) await drive(server.url, rewrite, 50, { amount: 2500 });
  }
  const rewritten = (await server.readMetric('rewritten_total')) - before;
  if (rewritten !== 10_000) throw new Error(`${rewritten} of 10 000 reviews were rewritten`);
}
