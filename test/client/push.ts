import { startDbManager } from '@katib-push/db-manager';
import { afterAll, expect } from 'vitest';
import { interpreters, type Outcome, pushEnv, type Run, runPython } from './python.ts';
import { tellArrival } from './tell-arrival.ts';

const all = [...interpreters()];
const ascending = all.toSorted(([a], [b]) => Number(a.split('.')[1]) - Number(b.split('.')[1]));

/**
 * Interpreters of this machine, by version; the default one first. Beside it the oldest and the newest, or, with
 * KATIB_PUSH_SOAK=1, every one.
 */
export const pythons = new Map(
  process.env.KATIB_PUSH_SOAK === '1'
    ? all
    : [...all.slice(0, 1), ...ascending.slice(0, 1), ...ascending.slice(-1)],
);

/** The default interpreter. */
export const python = [...pythons.values()][0] ?? 'python3';

/** The DB manager that the tests of one file share. */
export const manager = await startDbManager();
afterAll(() => manager.close());

let trials = 0;

export interface Pushed extends Outcome {
  readonly trial: string;
  /** `name=value`, in the order of the rows' times. */
  readonly rows: string[];
}

export type Case = Omit<Run, 'python'> & {
  readonly python?: string;
  /** What differs from {@link pushEnv}'s configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Called when rows have arrived. */
  readonly onArrival?: (kill: (signal: NodeJS.Signals) => void) => void;
};

/** Defines `until(row)`, which returns when a row has arrived, at once without the client. */
export const UNTIL = `import os, time
def until(row):
    while "TELLS_ARRIVAL" in os.environ and not (os.path.exists("arrived") and row in open("arrived").read()): time.sleep(0.01)
`;

/** Runs a script with the client. */
export async function push(what: string | Case): Promise<Pushed> {
  const given = typeof what === 'string' ? { script: what } : what;
  const trial = `trial-${++trials}`;
  const env = { TELLS_ARRIVAL: '1', ...pushEnv(trial, manager.address, given.config), ...given.env };
  const onStart: Run['onStart'] = (folder, kill) =>
    tellArrival(manager, trial, folder, () => given.onArrival?.(kill));
  const outcome = await runPython({ python, ...given, env, onStart });
  const rows = manager.observations(trial).map(({ name, value }) => `${name}=${value}`);
  return { ...outcome, trial, rows };
}

/** Runs a script with and without the client: what it writes and how it ends has to be the same. */
export async function pushLikePlain(what: string | Case): Promise<Pushed> {
  const given = typeof what === 'string' ? { script: what } : what;
  const [plain, pushed] = await Promise.all([
    runPython({ python, ...given, env: { ...given.env } }),
    push(given),
  ]);
  const { stdout, stderr, code } = plain;
  expect({ stdout: pushed.stdout, stderr: pushed.stderr, code: pushed.code }).toEqual({
    stdout,
    stderr,
    code,
  });
  return pushed;
}
