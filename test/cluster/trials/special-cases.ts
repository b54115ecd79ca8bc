import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stored } from '../admission/world.ts';
import type { Suggested } from './suggestion-service.ts';

/** An Experiment that says `capture: container`, with the files of its image. */
export interface SpecialCase {
  readonly name: string;
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** Changes the Experiment. */
  readonly change?: (experiment: Stored) => void;
  /** The template stands in a ConfigMap. */
  readonly configMap?: boolean;
  readonly suggested?: Suggested;
  /** Whether the observations differ as docs/differences.md says: a failed attempt, an objective that is never printed. */
  readonly differs?: boolean;
  /** A program that has to be installed for it, and what installs it. */
  readonly needs?: { readonly program: string; readonly remedy: string };
  /** Whether the pulled Experiment never ends: it is looked at once its trials have these conditions. */
  readonly stalls?: boolean;
  /** What the conditions of the trials are, pulled and pushed; default: one that succeeded. */
  readonly conditions?: { readonly pull: readonly string[]; readonly push: readonly string[] };
}

const training = `import sys, time
lr = float(sys.argv[1])
for step in range(5):
    print("epoch %d loss=%.4f accuracy=%.2f" % (step, lr / (step + 1), 0.9 + lr * step), flush=True)
    time.sleep(0.2)
`;
const succeeded = { pull: ['Succeeded'], push: ['Succeeded'] };

const cases: readonly SpecialCase[] = [
  {
    name: 'image-script',
    what: 'a script in the image',
    files: { 'train.py': training },
    command: ['python', 'train.py', '${trialParameters.lr}'],
  },
  {
    name: 'image-shell',
    what: 'a shell script in the image',
    files: { 'train.sh': 'for i in 1 2 3; do echo "loss=0.$i"; done; echo accuracy=$1 >&2\n' },
    command: ['sh', 'train.sh', '${trialParameters.lr}'],
  },
  {
    name: 'image-r',
    what: 'an R script in the image',
    files: {
      'train.R': `lr <- as.numeric(commandArgs(TRUE)[1])
for (step in 1:4) cat(sprintf("epoch %d loss=%.4f\\n", step, lr / step))
message("accuracy=0.9")
`,
    },
    command: ['Rscript', 'train.R', '${trialParameters.lr}'],
    needs: { program: 'Rscript', remedy: 'apt-get install r-base-core' },
  },
  {
    name: 'config-map',
    what: 'a template in a ConfigMap',
    files: { 'train.py': training },
    command: ['python', 'train.py', '${trialParameters.lr}'],
    configMap: true,
  },
  {
    name: 'file-collector',
    what: 'a File collector',
    files: {
      'train.py': training.replace(
        'import sys, time',
        'import sys, time\nsys.stdout = open("/var/log/katib/metrics.log", "w")',
      ),
    },
    command: ['python', 'train.py', '${trialParameters.lr}'],
    change: (experiment) => {
      experiment.spec.metricsCollectorSpec = {
        collector: { kind: 'File' },
        source: { fileSystemPath: { kind: 'File', path: '/var/log/katib/metrics.log' } },
      };
    },
  },
  {
    name: 'failing',
    what: 'a run that fails',
    files: { 'train.py': `${training}sys.exit(3)\n` },
    command: ['python', 'train.py', '${trialParameters.lr}'],
    differs: true,
    conditions: { pull: ['Failed'], push: ['Failed'] },
  },
  {
    name: 'silent',
    what: 'a run that prints no metric',
    files: { 'train.py': 'print("done")\n' },
    command: ['python', 'train.py', '${trialParameters.lr}'],
    differs: true,
    conditions: { pull: ['MetricsUnavailable'], push: ['MetricsUnavailable'] },
  },
  {
    name: 'early-stopping',
    what: 'early stopping: the second of three trials is stopped',
    // one that is not stopped in time goes on for a minute
    files: { 'train.py': training.replace('range(5)', 'range(300 if lr > 0.1 else 12)') },
    command: ['python', 'train.py', '${trialParameters.lr}'],
    change: (experiment) => {
      experiment.spec.earlyStopping = { algorithmName: 'medianstop' };
      experiment.spec.maxTrialCount = 3;
    },
    suggested: {
      assignments: [{ lr: '0.01' }, { lr: '0.4' }, { lr: '0.02' }],
      rules: [{ name: 'loss', value: '0.05', comparison: 'GREATER', start_step: 3 }],
    },
    // as it is: Katib asks for no more trials once one without an observation is stopped (katib#1377)
    stalls: true,
    conditions: { pull: ['Succeeded', 'EarlyStopped'], push: ['Succeeded', 'EarlyStopped', 'Succeeded'] },
  },
];

export const specialCases: readonly SpecialCase[] = cases.map((each) => ({ conditions: succeeded, ...each }));

/** A script that takes six seconds. */
export const lasting: SpecialCase = {
  name: 'image-lasting',
  what: 'a script that takes six seconds',
  files: { 'train.py': training.replace('range(5)', 'range(30)') },
  command: ['python', 'train.py', '${trialParameters.lr}'],
};

/** A shell script that prints when it prints: so its rows say when they were printed. */
export const paced: SpecialCase & { readonly rows: number } = {
  name: 'image-paced',
  what: 'a script that prints the time',
  rows: 20,
  files: {
    'train.sh': `for i in $(seq 20); do echo "loss=$(date +%s.%N)"; sleep 0.1; done; echo accuracy=$1\n`,
  },
  command: ['sh', 'train.sh', '${trialParameters.lr}'],
};

/** The Experiment of a case; where its template stands in a ConfigMap, that too. */
export function experimentOf({ name, command, change, configMap }: SpecialCase): {
  readonly experiment: Stored;
  readonly template: Stored;
} {
  const template = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: name, command: command.slice(0, 1), args: command.slice(1) }],
        },
      },
    },
  };
  const experiment = {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Experiment',
    metadata: {
      name,
      annotations: { 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': 'container' },
    },
    spec: {
      objective: { type: 'minimize', objectiveMetricName: 'loss', additionalMetricNames: ['accuracy'] },
      algorithm: { algorithmName: 'random' },
      metricsCollectorSpec: { collector: { kind: 'StdOut' } },
      ...{ maxTrialCount: 1, parallelTrialCount: 1, maxFailedTrialCount: 0 },
      parameters: [{ name: 'lr', parameterType: 'double', feasibleSpace: { min: '0.01', max: '0.5' } }],
      trialTemplate: {
        primaryContainerName: 'main',
        trialParameters: [{ name: 'lr', reference: 'lr' }],
        ...(configMap
          ? {
              configMap: {
                configMapName: 'templates',
                configMapNamespace: 'kubeflow',
                templatePath: 'job.yaml',
              },
              successCondition: SUCCEEDED,
              failureCondition: FAILED,
            }
          : { trialSpec: template }),
      },
    },
  };
  change?.(experiment as Stored);
  return { experiment, template };
}

const SUCCEEDED = 'status.conditions.#(type=="Complete")#|#(status=="True")#';
const FAILED = 'status.conditions.#(type=="Failed")#|#(status=="True")#';

/** Writes the files of all images below a folder; folders by the image's name. */
export function writeImages(
  folder: string,
  cases: readonly Pick<SpecialCase, 'name' | 'files'>[],
): Readonly<Record<string, string>> {
  const folders: Record<string, string> = {};
  for (const { name, files } of cases) {
    const image = join(folder, name);
    mkdirSync(image, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(image, file), text);
    folders[name] = image;
  }
  return folders;
}
