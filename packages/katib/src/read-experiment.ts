import { type Diagnostic, diagnose } from './diagnostics/diagnose.ts';
import { isRecord } from './json-pointer.ts';
import { createReader, type FieldReader } from './read-fields.ts';
import { experimentSubject, type Path, type Subject, trialSubject } from './subject.ts';

/** What the engine needs to know of an Experiment, or of one Trial, types checked. */
export interface Experiment {
  /** Where it stands. */
  readonly subject: Subject;
  readonly name: string;
  readonly namespace?: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Wanted metric names, the objective first. */
  readonly metrics: readonly string[];
  /** `maximize` or `minimize`; absent where nothing is said. */
  readonly objectiveType?: string;
  /** `metricsFormat`; absent for Katib's default filter. */
  readonly filters?: readonly string[];
  /** `StdOut` where the manifest has none; empty where it has one without a kind, which Katib refuses. */
  readonly collector: string;
  /** The file that a `File` collector reads. */
  readonly file: MetricsFile;
  /** Of an Experiment: whether early stopping is configured. Of a Trial: whether it has rules. */
  readonly earlyStopping: boolean;
  /** The rules of a Trial; empty for an Experiment. */
  readonly rules: readonly EarlyStoppingRule[];
  /** `spec.algorithm.algorithmName`; absent in a Trial. */
  readonly algorithm?: string;
  /** Whether the algorithm keeps a folder between trials (`suggestion_trial_dir`), which Katib mounts for StdOut and File alone. */
  readonly sharesFolder: boolean;
  /** The job. Absent where the template comes from a ConfigMap. */
  readonly trialSpec?: Readonly<Record<string, unknown>>;
  readonly primaryContainerName: string;
  readonly primaryPodLabels: Readonly<Record<string, string>>;
  /** Empty for a Trial, whose job is rendered. */
  readonly trialParameters: readonly { readonly name: string; readonly reference: string }[];
}

/** `source.fileSystemPath` of a metrics collector, with Katib's defaults. */
export interface MetricsFile {
  readonly path: string;
  readonly format: string;
}

/** One rule as the suggestion controller writes it. Source: Katib, `EarlyStoppingRule`. */
export interface EarlyStoppingRule {
  readonly name: string;
  readonly value: string;
  /** `less`, `greater` or `equal`. */
  readonly comparison: string;
  /** Reported values of the metric until the rule is tested; 0: at each. */
  readonly startStep: number;
}

/** What a subject's object came to. */
export interface Reading {
  readonly experiment?: Experiment;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What Population Based Training gives its Trials, which do not know its setting `suggestion_trial_dir`. Source: Katib,
 * `pkg/suggestion/v1beta1/pbt/service.py`.
 */
export const sharedFolderLabel = 'pbt.suggestion.katib.kubeflow.org/generation';

/** Source: Katib, `pkg/apis/controller/common/v1beta1`, `DefaultFilePath`. */
const defaultFile = '/var/log/katib/metrics.log';

/** Whether an object says that it is an Experiment of the version that we know. */
export function isExperiment(value: unknown): boolean {
  return isOf(experimentSubject, value);
}

/** Reads an Experiment. Fields of a wrong type are diagnostics, one each; then there is no Experiment. */
export function readExperiment(value: unknown): Reading {
  return readObject(value, experimentSubject);
}

/** Reads a Trial; as `readExperiment`. */
export function readTrial(value: unknown): Reading {
  return readObject(value, trialSubject);
}

function isOf({ kind }: Subject, value: unknown): boolean {
  return isRecord(value) && value.kind === kind && value.apiVersion === 'kubeflow.org/v1beta1';
}

function readObject(value: unknown, subject: Subject): Reading {
  if (!isOf(subject, value)) {
    const found = isRecord(value)
      ? `${String(value.apiVersion ?? 'no apiVersion')}, ${String(value.kind ?? 'no kind')}`
      : typeof value;
    return {
      diagnostics: [diagnose('not-an-experiment', `This is no Katib ${subject.kind}: ${found}.`)],
    };
  }
  const reader = createReader(value);
  const { diagnostics, text, record } = reader;
  for (const path of [['metadata'], ['spec'], ['spec', 'objective'], subject.primary, subject.collector])
    record(path);
  const collector = record([...subject.collector, 'collector']);
  const metrics = readMetrics(reader);
  const trialParameters = reader.records([...subject.primary, 'trialParameters']).map(({ path }) => ({
    name: text([...path, 'name']) ?? '',
    reference: text([...path, 'reference']) ?? '',
  }));
  const filters = reader.texts([...subject.collector, 'source', 'filter', 'metricsFormat']);
  const trialSpec = record(subject.job);
  const namespace = text(['metadata', 'namespace']);
  const earlyStopping = record(['spec', 'earlyStopping']);
  const algorithmSettings = reader.list(['spec', 'algorithm', 'algorithmSettings']);
  const rules = readRules(reader);
  const labels = reader.labels(['metadata', 'labels']);
  const objectiveType = text(['spec', 'objective', 'type']);
  const algorithm = text(['spec', 'algorithm', 'algorithmName']);
  const experiment: Experiment = {
    subject,
    name: text(['metadata', 'name']) ?? text(['metadata', 'generateName']) ?? '',
    ...(namespace === undefined ? {} : { namespace }),
    annotations: reader.labels(['metadata', 'annotations']),
    labels,
    metrics: [...new Set(metrics)],
    ...(objectiveType ? { objectiveType } : {}),
    ...(filters.length > 0 ? { filters } : {}),
    // Katib fills in a collector that is not there, and refuses one without a kind.
    collector: text([...subject.collector, 'collector', 'kind']) ?? (collector ? '' : 'StdOut'),
    file: readFile(reader, [...subject.collector, 'source', 'fileSystemPath']),
    earlyStopping: rules.length > 0 || (earlyStopping !== undefined && Object.keys(earlyStopping).length > 0),
    rules,
    ...(algorithm ? { algorithm } : {}),
    sharesFolder:
      subject.kind === 'Trial'
        ? sharedFolderLabel in labels
        : algorithmSettings.some((setting) => isRecord(setting) && setting.name === 'suggestion_trial_dir'),
    ...(trialSpec ? { trialSpec } : {}),
    primaryContainerName: text([...subject.primary, 'primaryContainerName']) ?? '',
    primaryPodLabels: reader.labels([...subject.primary, 'primaryPodLabels']),
    trialParameters,
  };
  return diagnostics.length > 0 ? { diagnostics } : { experiment, diagnostics };
}

/** Wanted names, the objective first. */
function readMetrics({ text, texts, diagnostics }: FieldReader): readonly string[] {
  const pointer = '/spec/objective/objectiveMetricName';
  const objective = text(['spec', 'objective', 'objectiveMetricName']);
  const metrics = [objective ?? '', ...texts(['spec', 'objective', 'additionalMetricNames'])];
  if (!objective && diagnostics.length === 0)
    diagnostics.push(
      diagnose('invalid-field', `${pointer} is missing or empty.`, {
        pointer,
        hint: 'Name the metric that the Experiment optimizes.',
      }),
    );
  for (const name of metrics) {
    if (/\$\{trial(Parameters|Spec)/.test(name) || name.includes(';'))
      diagnostics.push(
        diagnose(
          'invalid-field',
          `The metric name ${JSON.stringify(name)} holds ";" or a placeholder, which Katib would take apart.`,
          { hint: 'Use letters, digits, "_", "-" and "|" in metric names.' },
        ),
      );
  }
  return metrics;
}

function readFile({ text }: FieldReader, at: Path): MetricsFile {
  return { path: text([...at, 'path']) || defaultFile, format: text([...at, 'format']) || 'TEXT' };
}

function readRules({ records, text }: FieldReader): readonly EarlyStoppingRule[] {
  return records(['spec', 'earlyStoppingRules']).map(({ path, value }) => ({
    name: text([...path, 'name']) ?? '',
    value: text([...path, 'value']) ?? '',
    comparison: text([...path, 'comparison']) ?? '',
    startStep: typeof value.startStep === 'number' ? value.startStep : 0,
  }));
}
