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
  /** What the objective's rules are compared by, `minimize` or `maximize`; there where rules are. */
  readonly objectiveType?: string;
  /** Whom to tell that the trial was stopped, `host:port`; there where rules are. */
  readonly earlyStopping?: string;
}

/** The shim's configuration. One bad line voids all rows of a JSON file, so those wait for the end. */
export function shimConfig(
  experiment: Experiment,
  filters: Filters,
  settings: Settings,
  earlyStopping: string | undefined,
): ShimConfig {
  const { collector, file, rules, objectiveType = '' } = experiment;
  const readsFile = collector === 'File';
  return {
    metrics: filters.metrics,
    filters: filters.portable,
    capture: 'container',
    deliver: readsFile && file.format === 'JSON' ? 'success' : settings.deliver,
    ...(readsFile ? { file } : {}),
    ...(earlyStopping === undefined ? {} : { rules, objectiveType, earlyStopping }),
  };
}

/** The parts of the shim for a configuration. */
export function needsOf(config: ShimConfig, { address = '' }: Settings, primaryPod: boolean): ShimNeeds {
  const json = config.file?.format === 'JSON';
  return {
    output: config.file === undefined,
    file: config.file !== undefined,
    defaultFilter: config.filters === null && !json,
    customFilters: config.filters !== null && !json,
    json,
    tls: address.startsWith('https://'),
    earlyStopping: config.rules !== undefined,
    primaryPod,
    held: config.deliver !== 'live',
    ifNone: config.deliver === 'if-none',
  };
}
