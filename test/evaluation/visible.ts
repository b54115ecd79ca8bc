import { startDbManager } from '@katib-push/db-manager';
import { runTrial, trialIdentity } from '@katib-push/oracle';
import type { Trial } from './trials.ts';

/** How long after it was printed each row can be read from the DB manager, in seconds. */
export interface Visible {
  readonly pull: readonly number[];
  readonly push: readonly number[];
}

/**
 * A pulled row can be read once the run is over and the file is parsed: the end of the run is the earliest moment, and
 * the collector, which looks once a second whether it is over, and its own start come on top. A pushed row can be read
 * when the DB manager has stored it; its own time says when it was printed.
 */
export async function measureVisible(trial: Trial, path: readonly string[]): Promise<Visible> {
  const options = { set: trial.set, path, timeoutSeconds: 120 };
  const printed: number[] = [];
  await runTrial(trial.pull, {
    ...options,
    onOutput: (_, bytes) => {
      const lines = Buffer.from(bytes).toString().split('\n').length - 1;
      for (let i = 0; i < lines; i++) printed.push(Date.now());
    },
  });
  const ended = Date.now();

  const manager = await startDbManager();
  try {
    const push: number[] = [];
    manager.onReport(({ rows }) => {
      for (const { time } of rows) push.push((Date.now() - Date.parse(time)) / 1000);
    });
    await runTrial(trial.push, { ...options, address: manager.address });
    const { trialName } = trialIdentity(trial.push, {});
    if (push.length !== manager.observations(trialName).length)
      throw new Error('rows that no report announced');
    return { pull: printed.map((at) => (ended - at) / 1000), push };
  } finally {
    await manager.close();
  }
}
