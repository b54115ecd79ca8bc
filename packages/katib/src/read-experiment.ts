import { type Diagnostic, diagnose } from '@katib-push/core';
import { isRecord, pointerOf, valueAt } from './json-pointer.ts';

/** What the rewrite needs to know of an Experiment, types checked. */
export interface Experiment {
  readonly name: string;
  readonly namespace?: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Wanted metric names, the objective first. */
  readonly metrics: readonly string[];
  /** `metricsFormat`; absent for Katib's default filter. */
  readonly filters?: readonly string[];
  /** `StdOut` where the manifest names none. */
  readonly collector: string;
  readonly earlyStopping: boolean;
  /** Whether the algorithm keeps a folder between trials (`suggestion_trial_dir`), which Katib mounts for StdOut and File alone. */
  readonly sharesFolder: boolean;
  /** Absent where the template comes from a ConfigMap. */
  readonly trialSpec?: Readonly<Record<string, unknown>>;
  readonly primaryContainerName: string;
  readonly primaryPodLabels: Readonly<Record<string, string>>;
  readonly trialParameters: readonly { readonly name: string; readonly reference: string }[];
}

type Path = readonly (string | number)[];

/** The JSON path of the trial's template. */
export const trialSpecPath: Path = ['spec', 'trialTemplate', 'trialSpec'];

/** Whether an object says that it is an Experiment of the version that we know. */
export function isExperiment(value: unknown): boolean {
  return isRecord(value) && value.kind === 'Experiment' && value.apiVersion === 'kubeflow.org/v1beta1';
}

/** Reads an Experiment. Fields of a wrong type are diagnostics, one each; then there is no Experiment. */
export function readExperiment(value: unknown): {
  readonly experiment?: Experiment;
  readonly diagnostics: readonly Diagnostic[];
} {
  if (!isExperiment(value)) {
    const kind = isRecord(value)
      ? `${String(value.apiVersion ?? 'no apiVersion')}, ${String(value.kind ?? 'no kind')}`
      : typeof value;
    return { diagnostics: [diagnose('not-an-experiment', `This is no Katib Experiment: ${kind}.`)] };
  }
  const diagnostics: Diagnostic[] = [];
  const wrong = (path: Path, wanted: string, found: unknown): undefined => {
    const pointer = pointerOf(path);
    const got = Array.isArray(found)
      ? 'a list'
      : found === null
        ? 'null'
        : typeof found === 'object'
          ? 'an object'
          : `a ${typeof found}`;
    diagnostics.push(diagnose('invalid-field', `${pointer} has to be ${wanted}; it is ${got}.`, { pointer }));
    return undefined;
  };
  const text = (path: Path): string | undefined => {
    const found = valueAt(value, path);
    if (found === undefined || found === null || typeof found === 'string') return found ?? undefined;
    return wrong(path, 'a string', found);
  };
  const record = (path: Path): Readonly<Record<string, unknown>> | undefined => {
    const found = valueAt(value, path);
    if (found === undefined || found === null || isRecord(found)) return found ?? undefined;
    return wrong(path, 'an object', found);
  };
  const list = (path: Path): readonly unknown[] => {
    const found = valueAt(value, path);
    if (found === undefined || found === null) return [];
    return Array.isArray(found) ? found : (wrong(path, 'a list', found) ?? []);
  };
  const texts = (path: Path): readonly string[] =>
    list(path).filter(
      (item, index): item is string =>
        typeof item === 'string' || wrong([...path, index], 'a string', item) !== undefined,
    );
  const labels = (path: Path): Readonly<Record<string, string>> => {
    const entries = Object.entries(record(path) ?? {});
    return Object.fromEntries(
      entries.filter(
        (entry): entry is [string, string] =>
          typeof entry[1] === 'string' || wrong([...path, entry[0]], 'a string', entry[1]) !== undefined,
      ),
    );
  };

  for (const path of [
    ['metadata'],
    ['spec'],
    ['spec', 'objective'],
    ['spec', 'trialTemplate'],
    ['spec', 'metricsCollectorSpec'],
    ['spec', 'metricsCollectorSpec', 'collector'],
  ])
    record(path);
  const objective = text(['spec', 'objective', 'objectiveMetricName']);
  const metrics = [objective ?? '', ...texts(['spec', 'objective', 'additionalMetricNames'])];
  if (!objective && diagnostics.length === 0)
    diagnostics.push(
      diagnose('invalid-field', '/spec/objective/objectiveMetricName is missing or empty.', {
        pointer: '/spec/objective/objectiveMetricName',
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
  const parameters = list(['spec', 'trialTemplate', 'trialParameters']).flatMap((item, index) => {
    const path = ['spec', 'trialTemplate', 'trialParameters', index];
    if (!isRecord(item)) return wrong(path, 'an object', item) ?? [];
    return [{ name: text([...path, 'name']) ?? '', reference: text([...path, 'reference']) ?? '' }];
  });
  const filters = texts(['spec', 'metricsCollectorSpec', 'source', 'filter', 'metricsFormat']);
  const trialSpec = record(trialSpecPath);
  const namespace = text(['metadata', 'namespace']);
  const earlyStopping = record(['spec', 'earlyStopping']);
  const algorithmSettings = list(['spec', 'algorithm', 'algorithmSettings']);
  const experiment: Experiment = {
    name: text(['metadata', 'name']) ?? text(['metadata', 'generateName']) ?? '',
    ...(namespace === undefined ? {} : { namespace }),
    annotations: labels(['metadata', 'annotations']),
    labels: labels(['metadata', 'labels']),
    metrics: [...new Set(metrics)],
    ...(filters.length > 0 ? { filters } : {}),
    collector: text(['spec', 'metricsCollectorSpec', 'collector', 'kind']) || 'StdOut',
    earlyStopping: earlyStopping !== undefined && Object.keys(earlyStopping).length > 0,
    sharesFolder: algorithmSettings.some(
      (setting) => isRecord(setting) && setting.name === 'suggestion_trial_dir',
    ),
    ...(trialSpec ? { trialSpec } : {}),
    primaryContainerName: text(['spec', 'trialTemplate', 'primaryContainerName']) ?? '',
    primaryPodLabels: labels(['spec', 'trialTemplate', 'primaryPodLabels']),
    trialParameters: parameters,
  };
  return diagnostics.length > 0 ? { diagnostics } : { experiment, diagnostics };
}
