import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDbManager } from '@katib-push/db-manager';
import type { Way } from '@katib-push/katib';
import { runTrial } from '@katib-push/oracle';
import type { Trial } from './trials.ts';

/** What one run of a trial's container takes. */
export interface Cost {
  readonly seconds: number;
  /** Seconds of processor time, of all its processes. */
  readonly cpu: number;
  /** The most memory that one of its processes had, in MB. */
  readonly peak: number;
}

/** Runs a trial as it is and by both ways of pushing in turn, `rounds` times. */
export async function measureCost(
  trial: Trial,
  path: readonly string[],
  rounds: number,
): Promise<Readonly<Record<'pull' | Way, readonly Cost[]>>> {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-evaluation-'));
  const manager = await startDbManager();
  try {
    const measure = async (experiment: unknown): Promise<Cost> => {
      const file = join(folder, 'cost.json');
      const { seconds } = await runTrial(measured(experiment, file), {
        set: trial.set,
        path,
        address: manager.address,
        timeoutSeconds: 120,
      });
      const { cpu, peak } = JSON.parse(readFileSync(file, 'utf8'));
      return { seconds, cpu, peak: peak / 1024 };
    };
    const costs: Record<'pull' | Way, Cost[]> = { pull: [], container: [], source: [] };
    for (let round = 0; round < rounds; round++) {
      costs.pull.push(await measure(trial.pull));
      costs.container.push(await measure(trial.pushed.container.rewritten));
      costs.source.push(await measure(trial.pushed.source.rewritten));
    }
    return costs;
  } finally {
    rmSync(folder, { recursive: true });
    await manager.close();
  }
}

interface Container {
  name: string;
  command: string[];
}

/** The Experiment with `measured.py` in front of its container's command. */
function measured(experiment: unknown, file: string): unknown {
  const copy = structuredClone(experiment) as {
    spec: {
      trialTemplate: {
        primaryContainerName: string;
        trialSpec: { spec: { template: { spec: { containers: Container[] } } } };
      };
    };
  };
  const { primaryContainerName, trialSpec } = copy.spec.trialTemplate;
  const container = trialSpec.spec.template.spec.containers.find(({ name }) => name === primaryContainerName);
  if (!container?.command) throw new Error('only Jobs whose primary container has a command are measured');
  container.command = ['python3', join(import.meta.dirname, 'measured.py'), file, ...container.command];
  return copy;
}
