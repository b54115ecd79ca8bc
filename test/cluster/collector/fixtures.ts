import { join } from 'node:path';
import { runTrial, wantedMetrics } from '@katib-push/oracle';
import { readCases } from '../../cases/read-cases.ts';
import { sample } from '../sample.ts';
import { atOnce } from '../stack/at-once.ts';
import type { Cases } from './case.ts';

const path = [join(import.meta.dirname, '../../../.venv/bin')];

/** What each runnable fixture writes to one file for both streams, with its own names and filters. */
export async function runFixtures(): Promise<readonly Cases[]> {
  const runnable = sample(readCases().filter(({ runnable }) => runnable));
  return atOnce(2, runnable, async ({ name, experiment, set }) => {
    const { stdout } = await runTrial(experiment, { set, path, joined: true, timeoutSeconds: 60 });
    const { wanted, filters } = wantedMetrics(experiment);
    return { from: name, names: wanted, filters, format: 'TEXT', outputs: [stdout] };
  });
}
