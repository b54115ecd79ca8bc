import { startDbManager } from '@katib-push/db-manager';
import type { Way } from '@katib-push/katib';
import { runTrial, trialIdentity } from '@katib-push/oracle';
import type { Trial } from './trials.ts';

/**
 * How long after it was printed each row can be read from the DB manager, in seconds, when it is pulled: once the run is
 * over and the file is parsed. The end of the run is the earliest moment; the collector, which looks once a second
 * whether it is over, and its own start come on top.
 */
export async function measureVisiblePulled(
  trial: Trial,
  path: readonly string[],
): Promise<readonly number[]> {
  const printed: number[] = [];
  await runTrial(trial.pull, {
    set: trial.set,
    path,
    timeoutSeconds: 120,
    onOutput: (_, bytes) => {
      const lines = Buffer.from(bytes).toString().split('\n').length - 1;
      for (let i = 0; i < lines; i++) printed.push(Date.now());
    },
  });
  const ended = Date.now();
  return printed.map((at) => (ended - at) / 1000);
}

/**
 * The same when it is pushed: once the DB manager has stored the row. Its own time says when it was printed, or, by the
 * container way, read from the pipe.
 */
export async function measureVisiblePushed(
  trial: Trial,
  way: Way,
  path: readonly string[],
): Promise<readonly number[]> {
  const { rewritten } = trial.pushed[way];
  const manager = await startDbManager();
  try {
    const seconds: number[] = [];
    manager.onReport(({ rows }) => {
      for (const { time } of rows) seconds.push((Date.now() - Date.parse(time)) / 1000);
    });
    await runTrial(rewritten, { set: trial.set, path, timeoutSeconds: 120, address: manager.address });
    const { trialName } = trialIdentity(rewritten, {});
    if (seconds.length !== manager.observations(trialName).length)
      throw new Error('rows that no report announced');
    return seconds;
  } finally {
    await manager.close();
  }
}
