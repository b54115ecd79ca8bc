import fc from 'fast-check';
import { type Override, sampleExperiment } from '../../katib/test/sample.ts';
import type { Mutable } from './mutators.ts';

const names = ['A', 'B', 'KATIB_DB_MANAGER_ADDRESS', 'KATIB_PUSH_CONFIG', 'PATH'];
const variable = fc.record({
  name: fc.constantFrom(...names),
  value: fc.constantFrom('', '1', '$(A)', 'x/y~z'),
});
/** An empty list, or null for one, is what Katib refuses wherever nothing is added to it. */
const env = fc.oneof(
  fc.constant(undefined),
  fc.uniqueArray(variable, { minLength: 1, maxLength: 4, selector: (entry) => entry.name }),
);
const collector = fc.constantFrom<unknown>(
  undefined,
  {},
  { collector: { kind: 'StdOut' } },
  { collector: { kind: 'Push' } },
  { source: { filter: { metricsFormat: ['([\\w|-]+)\\s*=\\s*([+-]?\\d*(\\.\\d+)?)'] } } },
);
const annotations = fc.constantFrom<Mutable>(
  {},
  { 'a/b': 'c~d' },
  { 'katib-push.io/output': 'drop' },
  { 'katib-push.io/delivery': 'inline' },
);
const lines = fc.array(
  fc.constantFrom(
    "print(f'loss={lr}')",
    'import logging',
    "logging.info('loss=%s', lr)",
    '# é ☃ \u2028',
    "x = '''$(A)'''",
  ),
  { maxLength: 5 },
);
const parameters = fc.constantFrom<readonly Mutable[]>(
  [],
  [{ name: 'self', reference: '${trialSpec.Name}' }],
  [{ name: 'katibPushTrialName', reference: '${trialSpec.Kind}', description: 'taken' }],
);
const more = fc.constantFrom<Mutable>(
  {},
  { resources: null },
  { resources: { limits: null, requests: { cpu: 1 } } },
);
const command = fc.constantFrom(['python3', '-c'], ['python3', '-u', '-c'], ['env', '-i', 'python3', '-c']);
const role = fc.constantFrom(undefined, 'Master', 'Worker');

/** Experiments that are rewritten: many shapes of what a rewrite adds to. */
export const randomExperiment: fc.Arbitrary<Mutable> = fc
  .record({
    more,
    env,
    collector,
    annotations,
    lines,
    parameters,
    command,
    role,
    before: fc.boolean(),
    after: fc.boolean(),
  })
  .map((random) => {
    const used = random.parameters.map(({ name }) => `# \${trialParameters.${name}}`);
    const script = [
      'lr = ${trialParameters.lr}',
      "print(f'accuracy={1 - lr}')",
      ...random.lines,
      ...used,
    ].join('\n');
    const container = {
      name: 'main',
      image: 'python:3.11',
      command: random.command,
      args: [script, ...(random.after ? ['--more', 'a "b"'] : [])],
      ...(random.env === undefined ? {} : { env: random.env }),
      ...random.more,
    };
    const template = {
      spec: {
        containers: [...(random.before ? [{ name: 'other', image: 'x' }] : []), container],
        restartPolicy: 'Never',
      },
    };
    const overrides: Override[] = [
      [
        ['metadata', 'annotations'],
        { ...random.annotations, 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': 'source' },
      ],
      [['spec', 'metricsCollectorSpec'], random.collector],
      [
        ['spec', 'trialTemplate', 'trialParameters'],
        [{ name: 'lr', reference: 'lr' }, ...random.parameters],
      ],
      [['spec', 'trialTemplate', 'trialSpec'], trialSpec(template, random.role)],
    ];
    return sampleExperiment(...overrides);
  });

function trialSpec(template: Mutable, role: string | undefined): Mutable {
  if (role === undefined) return { apiVersion: 'batch/v1', kind: 'Job', spec: { template } };
  const replicas = { [role]: { replicas: 1, restartPolicy: 'OnFailure', template } };
  return { apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob', spec: { pytorchReplicaSpecs: replicas } };
}
