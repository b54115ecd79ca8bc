import type { Stored } from '../admission/world.ts';
import { experimentOf, paced, type SpecialCase } from './special-cases.ts';

/** A row of docs/differences.md, as a trial that shows it: what is stored of it, pulled and pushed. */
export interface Difference {
  /** The row's first cell, without what is in brackets behind it. */
  readonly name: string;
  /** The case, of a script in the image; or a script in the command, whose statements are rewritten. */
  readonly run: Pick<SpecialCase, 'files' | 'command' | 'change'> | { readonly script: string };
  /** Whether a row is shown with the year of its time, or `now`. */
  readonly withTimes?: boolean;
  /** `name=value`, sorted; a row of an objective that is not there, too. */
  readonly pull: readonly string[];
  readonly push: readonly string[];
}

const image = (script: string, more: object = {}) => ({
  files: { 'train.py': script },
  command: ['python', 'train.py', '${trialParameters.lr}'],
  ...more,
});
const file = (format?: 'JSON') => (experiment: Stored) => {
  experiment.spec.metricsCollectorSpec = {
    collector: { kind: 'File' },
    source: {
      fileSystemPath: { kind: 'File', path: '/var/log/katib/metrics.log', ...(format ? { format } : {}) },
    },
  };
};

/** Those of which a short trial can tell. */
export const differences: readonly Difference[] = [
  {
    name: 'time',
    run: image('print("2020-05-05T12:00:00Z loss=0.5")\nprint("loss=0.25")\n'),
    withTimes: true,
    pull: ['loss=0.25 (0001)', 'loss=0.5 (2020)'],
    push: ['loss=0.25 (now)', 'loss=0.5 (now)'],
  },
  {
    name: 'number in brackets',
    run: image('print("loss=0.5")\nprint("loss=tensor(0.25)")\nprint("loss=Adam(0.1)")\n'),
    pull: ['loss=', 'loss=', 'loss=0.5'],
    push: ['loss=0.25', 'loss=0.5'],
  },
  {
    name: 'NaN and infinities',
    run: image('print("loss=0.5")\nprint("loss=nan")\nprint("loss=-inf")\n'),
    pull: ['loss=', 'loss=-', 'loss=0.5'],
    push: ['loss=0.5'],
  },
  {
    name: "any other value that is no number to Go's `ParseFloat`",
    run: image('print("loss=0.5")\nprint("loss=none")\nprint("loss=e5")\n'),
    pull: ['loss=', 'loss=0.5', 'loss=e5'],
    push: ['loss=0.5'],
  },
  {
    name: 'lines that only the merged file joins or tears',
    run: image('import os\nos.write(1, b"loss=")\nos.write(2, b"a warning\\n")\nos.write(1, b"0.5\\n")\n'),
    pull: ['loss='],
    push: ['loss=0.5'],
  },
  {
    name: 'a failed attempt',
    run: image('print("loss=0.5")\nraise SystemExit(3)\n'),
    pull: [],
    push: ['loss=0.5'],
  },
  {
    name: 'objective never printed',
    run: image('print("accuracy=0.5")\n'),
    pull: ['loss=unavailable'],
    push: ['accuracy=0.5', 'loss=unavailable'],
  },
  {
    name: "what Katib's wrapper misses",
    run: {
      files: {},
      command: ['sh', '-c', 'echo loss=0.5; echo loss=0.25; : ${trialParameters.lr}; echo loss=1'],
    },
    pull: ['loss=1'],
    push: ['loss=0.25', 'loss=0.5', 'loss=1'],
  },
  {
    name: "output that the client can't see",
    run: { script: 'import os, sys\nprint("loss=0.5", flush=True)\nos.write(1, b"loss=0.25\\n")\n' },
    pull: ['loss=0.25', 'loss=0.5'],
    push: ['loss=0.5'],
  },
  {
    name: "libraries' own lines",
    run: {
      script:
        'import timeit\nprint("loss=0.5")\ntimeit.main(["-n", "1", "-r", "1", "-s", "print(\'loss=0.25\')"])\n',
    },
    pull: ['loss=0.25', 'loss=0.5'],
    push: ['loss=0.5'],
  },
  {
    name: 'a file that is replaced or truncated',
    run: image(
      `import time
with open("/var/log/katib/metrics.log", "w") as log: log.write("loss=0.5\\n")
time.sleep(2)
with open("/var/log/katib/metrics.log", "w") as log: log.write("loss=0.25\\n")
`,
      { change: file() },
    ),
    pull: ['loss=0.25'],
    push: ['loss=0.25', 'loss=0.5'],
  },
  {
    name: '`timestamp` in a JSON file',
    run: image(
      `with open("/var/log/katib/metrics.log", "w") as log:
    log.write('{"loss": "0.5", "timestamp": "2020-05-05T12:00:00Z"}\\n')
`,
      { change: file('JSON') },
    ),
    withTimes: true,
    pull: ['loss=0.5 (2020)'],
    push: ['loss=0.5 (now)'],
  },
];

/** The name of a difference's Experiments, and of their image. */
export const nameOf = (difference: Difference): string => `differs-${differences.indexOf(difference)}`;

/** The image, where its script stands in one. */
export function imageOf(difference: Difference): readonly Pick<SpecialCase, 'name' | 'files'>[] {
  const { run } = difference;
  return 'files' in run ? [{ name: nameOf(difference), files: run.files }] : [];
}

/** The Experiment that shows a difference. */
export function experimentOfDifference(difference: Difference): Stored {
  const { run } = difference;
  const name = nameOf(difference);
  if ('script' in run) {
    const { experiment, template } = experimentOf({ ...paced, name });
    const [container] = template.spec.template.spec.containers;
    Object.assign(container, { command: ['python3', '-c'], args: [run.script, '${trialParameters.lr}'] });
    experiment.metadata.annotations['katib-push.io/capture'] = 'source';
    experiment.spec.metricsCollectorSpec.collector.kind = 'Push';
    return experiment;
  }
  return experimentOf({ ...paced, ...run, name }).experiment;
}
