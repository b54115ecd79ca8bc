import type { Stored } from './evaluate-policy.ts';
import { variant } from './fixture-trials.ts';

const plain = 'captured-image-script';
const ruled = 'captured-early-stopping';
const filed = 'captured-file-json';

/** Trials that the policy takes, and what each of them tries. */
export const takenVariants: readonly (readonly [string, Stored])[] = [
  [
    'a quote, a backslash, a dollar sign and no ASCII in a name',
    variant(plain, ({ spec }) => {
      spec.objective.objectiveMetricName = 'a"b\\n$(HOME) $é\u2028';
    }),
  ],
  ['no other names', variant(plain, ({ spec }) => delete spec.objective.additionalMetricNames)],
  [
    'variables of its own',
    variant(plain, (_, container) => {
      container.env = [
        { name: 'A', value: 'b' },
        { name: 'N', valueFrom: { fieldRef: { fieldPath: 'x' } } },
      ];
    }),
  ],
  [
    'a sidecar in front',
    variant(plain, (_, __, pod) => pod.containers.unshift({ name: 'proxy', image: 'p' })),
  ],
  [
    'volumes of its own',
    variant('captured-katib-folder', (_, container, pod) => {
      pod.volumes = [{ name: 'data', emptyDir: {} }];
      container.volumeMounts = [{ name: 'data', mountPath: '/data' }];
    }),
  ],
  [
    'the folder is mounted',
    variant(filed, (_, container) => {
      container.volumeMounts = [{ name: 'data', mountPath: '/metrics/' }];
    }),
  ],
  [
    'another folder is mounted',
    variant(filed, (_, container) => {
      container.volumeMounts = [{ name: 'data', mountPath: '/metrics/ou' }];
    }),
  ],
  [
    'a file at the root',
    variant(filed, ({ spec }) => {
      spec.metricsCollector.source.fileSystemPath.path = '/log.json';
    }),
  ],
  ['a file of text', variant(filed, ({ spec }) => delete spec.metricsCollector.source.fileSystemPath.format)],
  [
    'a filter that is empty',
    variant(plain, ({ spec }) => {
      spec.metricsCollector.source = { filter: { metricsFormat: [''] } };
    }),
  ],
  [
    'filters that are known, in one text and in two',
    variant(plain, ({ spec }) => {
      const filters = [
        '([\\w|-]+)\\s*:\\s*([+-]?\\d*(\\.\\d+)?([Ee][+-]?\\d+)?)',
        '([\\w|-]+)\\s*=\\s*((-?\\d+)(\\.\\d+)?)',
      ];
      const example = '{metricName: ([\\w|-]+), metricValue: ((-?\\d+)(\\.\\d+)?)}';
      spec.metricsCollector.source = { filter: { metricsFormat: [filters.join(';'), example] } };
    }),
  ],
  [
    'a Push collector with words that a sidecar would join, and its folder',
    variant(plain, ({ spec }, container) => {
      spec.metricsCollector = { collector: { kind: 'Push' } };
      container.command = ['python3', 'a.py', '&&', 'cat', '/var/log/katib/x'];
    }),
  ],
  [
    'a time to live of its own',
    variant(ruled, ({ spec }) => {
      spec.runSpec.spec.ttlSecondsAfterFinished = 60;
    }),
  ],
  [
    'several rules, one of them at each step',
    variant(ruled, ({ spec }) => {
      spec.earlyStoppingRules.push({ name: 'lo"ss', value: '1e3', comparison: 'greater' });
    }),
  ],
  [
    'labels of its own',
    variant(plain, ({ spec }, _, __) => {
      spec.runSpec.spec.template.metadata = { labels: { role: 'main', more: 'x' } };
      spec.primaryPodLabels = { role: 'main' };
    }),
  ],
  [
    'rows at the end',
    variant(plain, ({ metadata }) => {
      metadata.labels['katib-push.io/deliver'] = 'if-none';
    }),
  ],
  [
    'rules of a job with a policy',
    variant('captured-pytorchjob', ({ spec }) => {
      spec.earlyStoppingRules = [{ name: 'accuracy', value: '1', comparison: 'less', startStep: 4 }];
      spec.runSpec.spec.runPolicy = { cleanPodPolicy: 'None' };
    }),
  ],
  [
    'rules of a job without one',
    variant('captured-tfjob-worker', ({ spec }) => {
      spec.earlyStoppingRules = [{ name: 'accuracy', value: '1', comparison: 'less', startStep: 4 }];
    }),
  ],
  [
    'args behind a shell and its text',
    variant(plain, (_, container) => {
      Object.assign(container, { command: ['sh'], args: ['-c', 'python3 a.py && echo "done"'] });
    }),
  ],
  [
    'a shell by its path',
    variant(plain, (_, container) => {
      Object.assign(container, { command: ['/bin/bash', '-c'], args: ['python3 a.py; ls *'] });
    }),
  ],
  [
    'words with a line break',
    variant(plain, (_, container) => {
      Object.assign(container, { command: ['python3', '-c', 'a = "1"\nprint(a)'] });
    }),
  ],
];

/** Trials that the policy leaves: what they are, and the condition. */
export const leftVariants: readonly (readonly [string, string, Stored])[] = [
  [
    'a filter that is not known',
    'known-filters',
    variant(plain, ({ spec }) => {
      spec.metricsCollector.source = { filter: { metricsFormat: ['(\\w+): (\\d+)'] } };
    }),
  ],
  [
    'a folder that trials share',
    'no-shared-folder',
    variant(plain, ({ metadata }) => {
      metadata.labels['pbt.suggestion.katib.kubeflow.org/generation'] = '1';
    }),
  ],
  [
    'rules of an unknown algorithm',
    'stopping-service',
    variant(ruled, ({ metadata }) => {
      delete metadata.labels['katib-push.io/algorithm'];
    }),
  ],
  [
    'under the shim already',
    'takes',
    variant(plain, (_, container) => {
      container.env = [{ name: 'KATIB_PUSH_SHIM', value: 'x' }];
    }),
  ],
  [
    'with a client already',
    'takes',
    variant(plain, (_, container) => {
      container.env = [{ name: 'KATIB_PUSH_CONFIG', value: '{}' }];
    }),
  ],
  [
    'no command',
    'takes',
    variant(plain, (_, container) => {
      container.args = container.command;
      delete container.command;
    }),
  ],
  [
    'a name twice',
    'takes',
    variant(plain, ({ spec }) => {
      spec.objective.additionalMetricNames = ['accuracy'];
    }),
  ],
  [
    'a semicolon in a name',
    'takes',
    variant(plain, ({ spec }) => {
      spec.objective.additionalMetricNames = ['a;b'];
    }),
  ],
  [
    'a control character in a name',
    'takes',
    variant(plain, ({ spec }) => {
      spec.objective.additionalMetricNames = ['a\tb'];
    }),
  ],
  [
    'an unknown way to deliver',
    'takes',
    variant(plain, ({ metadata }) => {
      metadata.labels['katib-push.io/deliver'] = 'never';
    }),
  ],
  [
    'another container',
    'takes',
    variant(plain, ({ spec }) => {
      spec.primaryContainerName = 'main';
    }),
  ],
  [
    'a label that the template has otherwise',
    'takes',
    variant(plain, ({ spec }) => {
      spec.runSpec.spec.template.metadata = { labels: { role: 'other' } };
      spec.primaryPodLabels = { role: 'main' };
    }),
  ],
  [
    'no master for the label',
    'takes',
    variant('captured-pytorchjob', ({ spec }) => {
      spec.primaryPodLabels = { 'training.kubeflow.org/replica-type': 'launcher' };
    }),
  ],
  [
    'a word that is a shell’s own',
    'takes',
    variant(plain, (_, container) => {
      container.command = ['exec', 'python3', 'a.py'];
    }),
  ],
  [
    'an assignment',
    'takes',
    variant(plain, (_, container) => {
      container.command = ['A=b', 'python3', 'a.py'];
    }),
  ],
  [
    'text for a shell in words',
    'takes',
    variant(plain, (_, container) => {
      container.command = ['python3', 'a.py', '&&', 'echo'];
    }),
  ],
];
