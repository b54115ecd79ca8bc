import { rewriteExperiment } from '@katib-push/katib';
import { compareExperiment, describeVerdict } from '@katib-push/oracle';
import { describe, expect, it } from 'vitest';
import { takeTurns } from './take-turns.ts';

const inTurn = takeTurns(2);

const script = `import sys

def report(value):
    print(f"loss={value:.2f}")

report(0.5)
print("loss={:.2f}".format(0.25), file=sys.stderr)
print("end")
`;

const original = {
  apiVersion: 'kubeflow.org/v1beta1',
  kind: 'Experiment',
  metadata: { name: 'mutated' },
  spec: {
    objective: { type: 'minimize', objectiveMetricName: 'loss' },
    metricsCollectorSpec: { collector: { kind: 'Push' } },
    parameters: [],
    trialTemplate: {
      primaryContainerName: 'training',
      trialParameters: [],
      trialSpec: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        spec: {
          template: {
            spec: {
              containers: [{ name: 'training', image: 'python', command: ['python3', '-c'], args: [script] }],
            },
          },
        },
      },
    },
  },
};

// biome-ignore lint/suspicious/noExplicitAny: mutations reach into all of it
type Anything = any;

/** What a wrong rewrite might do, and what the verdict must then speak of. */
const mutations: readonly [name: string, mutate: (container: Anything, spec: Anything) => void, RegExp][] = [
  [
    'leaves a statement out',
    ({ args }) => replace(args, 0, '_katib_push(print)(f', 'print(f'),
    /stdout line 1 holds loss/,
  ],
  [
    'takes the call apart',
    ({ args }) => replace(args, 0, '_katib_push(print)(f', '_katib_push(print); print(f'),
    /stdout line 1 holds/,
  ],
  [
    'forgets the settings',
    ({ env }) => env.splice(at(env, 'KATIB_PUSH_CONFIG'), 1),
    /stderr line 1 holds loss/,
  ],
  [
    'damages the client',
    ({ env }) => replace(env[at(env, 'KATIB_PUSH_PYTHON')], 'value', '"""', 'raise 1'),
    /stderr line 1 holds/,
  ],
  [
    'asks for other metrics',
    ({ env }) => replace(env[at(env, 'KATIB_PUSH_CONFIG')], 'value', '"loss"', '"oss"'),
    /loss = "0.50", which/,
  ],
  [
    'pushes what is not printed',
    ({ args }) => replace(args, 0, 'f"loss={value:.2f}"', 'f"loss={value:.3f}"'),
    /stdout: stdout line 1/,
  ],
  ['prints a byte more', ({ args }) => replace(args, 0, '"end"', '"end "'), /stdout: stdout line 2/],
  [
    'prints into the other stream',
    ({ args }) => replace(args, 0, ', file=sys.stderr', ''),
    /stderr: stderr line 1/,
  ],
  [
    'prints later',
    ({ args }) => replace(args, 0, 'report(0.5)', '__import__("atexit").register(report, 0.5)'),
    /stdout: /,
  ],
  [
    'ends with another code',
    ({ args }) => replace(args, 0, '"end")', '"end"); sys.exit(3)'),
    /exit: .* with exit code 3/,
  ],
  [
    'never ends',
    ({ args }) => replace(args, 0, '"end")', '"end"); __import__("time").sleep(60)'),
    /run: .* timed out/,
  ],
  ['adds a field', (_, spec) => Object.assign(spec, { more: 1 }), /changed-elsewhere/],
  ['takes another image', (container) => Object.assign(container, { image: 'other' }), /changed-elsewhere/],
  [
    'declares a parameter twice',
    (_, spec) => twice(spec.trialTemplate.trialParameters),
    /parameter-name-twice/,
  ],
  [
    'keeps the pull',
    (_, spec) => Object.assign(spec.metricsCollectorSpec.collector, { kind: 'StdOut' }),
    /collected-twice/,
  ],
];

describe.concurrent('a rewrite that', () => {
  it('is right is found identical', async () => {
    const { experiment } = await rewriteExperiment(original);
    const result = await inTurn(() => compareExperiment(original, experiment, { timeoutSeconds: 20 }));
    expect(describeVerdict(result)[0]).toBe(
      'identical: 2 rows pushed, stdout and stderr the same, exit code 0',
    );
  });

  it.each(mutations)('%s is found out', async (name, mutate, message) => {
    const mutant: Anything = structuredClone((await rewriteExperiment(original)).experiment);
    const before = JSON.stringify(mutant);
    mutate(mutant.spec.trialTemplate.trialSpec.spec.template.spec.containers[0], mutant.spec);
    expect(JSON.stringify(mutant)).not.toBe(before);
    const result = await inTurn(() =>
      compareExperiment(original, mutant, { timeoutSeconds: name === 'never ends' ? 5 : 30 }),
    );
    expect(result.identical).toBe(false);
    expect(describeVerdict(result).join('\n')).toMatch(message);
  });
});

function replace(holder: Anything, field: string | number, what: string, by: string): void {
  holder[field] = holder[field].replace(what, by);
}

function at(env: Anything, name: string): number {
  return env.findIndex((entry: Anything) => entry.name === name);
}

function twice(list: Anything[]): void {
  list.push(list.at(-1));
}
