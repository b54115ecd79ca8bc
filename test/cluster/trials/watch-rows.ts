import { connect } from '../../../packages/db-manager/test/client.ts';
import type { FullLab } from './lab.ts';
import { trialsPath } from './run-experiment.ts';
import { paced } from './special-cases.ts';

/** Milliseconds between two looks: a figure is at most so much too large, and as much as a look takes. */
const PAUSE = 100;

/**
 * Watches when the rows of an Experiment's trials can be read from Katib's DB manager; the value of each row is the time at
 * which it was printed.
 */
export function watchRows(
  { kube, manager }: FullLab,
  namespace: string,
  experiment: string,
): { end(): Promise<readonly number[]> } {
  const client = connect(manager.address);
  const seconds: number[] = [];
  const seen = new Map<string, number>();
  const ending = new AbortController();
  const trials = kube.call('GET', `${trialsPath(namespace, experiment)}&watch=true`, undefined, {
    signal: ending.signal,
    onEvent: ({ type, object }) => {
      if (type === 'ADDED') seen.set(object.metadata.name, 0);
    },
  });
  const look = async () => {
    const waiting = [...seen].flatMap(([name, rows]) => (rows < paced.rows ? [name] : []));
    await Promise.all(
      waiting.map(async (name) => {
        const rows = await client.get({ trial_name: name, metric_name: 'loss' });
        const now = Date.now() / 1000;
        for (const { metric } of rows.slice(seen.get(name) ?? 0)) seconds.push(now - Number(metric?.value));
        seen.set(name, rows.length);
      }),
    );
  };
  const watching = (async () => {
    while (!ending.signal.aborted) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    await look();
    await trials;
    client.grpc.close();
  })();
  watching.catch(() => {});
  return {
    async end() {
      ending.abort();
      await watching;
      return seconds.sort((a, b) => a - b);
    },
  };
}
