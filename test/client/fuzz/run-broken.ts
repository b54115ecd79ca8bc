import { join } from 'node:path';
import type { ConformingClient } from '../conformance/clients.ts';
import { accountFor, readSaid, readSpill } from '../reliability/account.ts';
import { seeded } from '../reliability/chance.ts';
import { programText } from '../reliability/program.ts';
import { startRunning } from '../reliability/running.ts';
import { type Breakage, breakageBy } from './breakage.ts';
import { startBrokenServer } from './broken-server.ts';

/** One program against one server that breaks its first connections, or all of them. */
export interface BrokenRun {
  readonly seed: number;
  /** Breakages that took place. */
  readonly cases: number;
  /** What is wrong, a line each; empty where everything held. */
  readonly wrong: readonly string[];
}

const SIZES = [10, 10];
const PRINTED = Array.from({ length: 20 }, (_, i) => `loss=${i}`);
const STDOUT = [0, 1]
  .map((block) => `${PRINTED.slice(block * 10, block * 10 + 10).join('\n')}\nblock\n`)
  .join('');
/** Seconds that the client has at the end. */
const FLUSH = 1;
/** Seconds that are a hang, on a machine that is busy with other tests. */
const HANG = FLUSH + 9;

/** Runs the program whose seed says what breaks: up to 4 connections, then none, or every one. */
export async function runBroken(client: ConformingClient, seed: number): Promise<BrokenRun> {
  const chance = seeded(seed);
  const few = 1 + Math.floor(chance() * 4);
  const forever = chance() < 0.2;
  const breakages: Breakage[] = [];
  for (let i = 0; i < few; i++) breakages.push(breakageBy(chance, seed * 4 + i));
  const server = await startBrokenServer((i) => (forever ? breakages[i % few] : breakages[i]));
  let spilled: readonly string[] = [];
  try {
    const env = {
      [client.variable]: client.source,
      KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['loss'], filters: null }),
      KATIB_TRIAL_NAME: 'fuzz',
      KATIB_DB_MANAGER_ADDRESS: server.address,
      KATIB_PUSH_FLUSH_TIMEOUT: String(FLUSH),
    };
    const text = programText(client.language, { kind: 'blocks', sizes: SIZES });
    const program = startRunning({ client, text, env }, (folder) => {
      spilled = readSpill(join(folder, 'katib-push-fuzz.jsonl'));
    });
    program.go();
    await Promise.race([server.busy, program.ended]);
    program.go();
    const late = setTimeout(() => program.kill('SIGKILL'), HANG * 1000 + 20_000);
    const { stdout, stderr, code, busy } = await program.ended;
    clearTimeout(late);
    const { missing, invented } = accountFor(PRINTED, server.accepted, spilled);
    const said = readSaid(stderr);
    const wrong = [
      stdout === STDOUT ? '' : `stdout differs: ${JSON.stringify(stdout.slice(-200))}`,
      code === 7 ? '' : `ended with ${code}`,
      busy < HANG ? '' : `took ${busy.toFixed(1)} s`,
      invented.length === 0 ? '' : `invented ${invented}`,
      missing.length <= (said?.lost ?? 0)
        ? ''
        : `${missing.length} rows are gone, said are ${said?.lost ?? 0}`,
      (said?.spilled ?? 0) === spilled.length
        ? ''
        : `${spilled.length} rows are spilled, said are ${said?.spilled ?? 0}`,
      stderr.split('\n').length === (said ? 2 : 1) ? '' : `stderr: ${stderr}`,
    ].filter(Boolean);
    const cases = forever ? server.connections : Math.min(few, server.connections);
    const story = breakages.map(
      ({ name, at, call, then, drip }) => `${name} @${at}/${call}${drip ? ' drip' : ''} → ${then}`,
    );
    return { seed, cases, wrong: wrong.map((line) => `seed ${seed} (${story.join('; ')}): ${line}`) };
  } finally {
    server.close();
  }
}
