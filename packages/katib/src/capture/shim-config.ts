import type { Filters } from '@katib-push/core';
import type { ShimNeeds } from '@katib-push/shim';
import type { Settings } from '../policy/settings.ts';
import type { EarlyStoppingRule, Experiment, MetricsFile } from '../read-experiment.ts';

/** What the shim is told: the JSON of the variable `KATIB_PUSH_CONFIG`. */
export interface ShimConfig {
  /** Wanted names, the objective first. */
  readonly metrics: readonly string[];
  /** Portable filters; `null` for Katib's default. */
  readonly filters: readonly string[] | null;
  readonly capture: 'container';
  readonly deliver: Settings['deliver'];
  /** The file that is read instead of the output; absent for the output. */
  readonly file?: MetricsFile;
  /** Early stopping rules; absent for none. */
  readonly rules?: readonly EarlyStoppingRule[];
  /** What the rules of the objective are compared by; there where rules are. */
  readonly objective?: { readonly name: string; readonly type: string };
  /** Whom to tell that the trial was stopped, and whether; there where rules are. */
  readonly earlyStopping?: EarlyStoppingService;
}

/** The early stopping service of one Experiment. */
export interface EarlyStoppingService {
  /** `host:port`. */
  readonly address: string;
  /** Only a trial whose job is retained may be reported: Katib deletes the others at once, rows and all. */
  readonly report: boolean;
}

/** The shim's configuration. One bad line voids all rows of a JSON file, so those wait for the end. */
export function shimConfig(
  experiment: Experiment,
  filters: Filters,
  settings: Settings,
  service: EarlyStoppingService | undefined,
): ShimConfig {
  const { collector, file, rules, metrics, objectiveType = '' } = experiment;
  const readsFile = collector === 'File';
  return {
    metrics: filters.metrics,
    filters: filters.portable,
    capture: 'container',
    deliver: readsFile && file.format === 'JSON' ? 'success' : settings.deliver,
    ...(readsFile ? { file } : {}),
    ...(service
      ? { rules, objective: { name: metrics[0] ?? '', type: objectiveType }, earlyStopping: service }
      : {}),
  };
}

/** The parts of the shim for a configuration. */
export function needsOf(config: ShimConfig, { address = '' }: Settings, primaryPod: boolean): ShimNeeds {
  return {
    customFilters: config.filters !== null,
    tls: address.startsWith('https://'),
    file: config.file !== undefined,
    earlyStopping: config.rules !== undefined,
    primaryPod,
    held: config.deliver !== 'live',
  };
}
