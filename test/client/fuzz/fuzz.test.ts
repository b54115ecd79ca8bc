import { describe, expect, it } from 'vitest';
import { clients } from '../conformance/clients.ts';
import { kindsOfBreakage } from './breakage.ts';
import { type BrokenRun, runBroken } from './run-broken.ts';

const soak = process.env.KATIB_PUSH_SOAK === '1';
const RUNS = soak ? 3000 : 110;
/** Runs wait more than they compute. */
const AT_ONCE = 6;

/**
 * Servers that send broken frames: the program's output, its exit code and its time stay; every row is delivered,
 * spilled, or counted. One seed is one run: `KATIB_PUSH_FUZZ_SEED=17` runs that one alone.
 */
describe.concurrent('broken servers', () => {
  it.each(clients.map((client) => [client.language, client] as const))(
    '%s',
    { timeout: soak ? 3_600_000 : 240_000 },
    async (_, client) => {
      const one = process.env.KATIB_PUSH_FUZZ_SEED;
      const seeds = one ? [Number(one)] : Array.from({ length: RUNS }, (_, i) => i);
      const runs: BrokenRun[] = [];
      const worker = async () => {
        for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
          runs.push(await runBroken(client, seed));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      expect(runs.flatMap(({ wrong }) => wrong)).toEqual([]);
      const cases = runs.reduce((sum, run) => sum + run.cases, 0);
      if (!one) expect(cases).toBeGreaterThan(kindsOfBreakage.length * 5);
    },
  );
});
