import type { EarlyStoppingRule } from '../../../../packages/katib/src/read-experiment.ts';

/** The lines of one trial, and the rules that may stop it. */
export interface Stream {
  /** Wanted names, the objective first. */
  readonly names: readonly string[];
  /** What is to be done with the objective. */
  readonly type: 'maximize' | 'minimize';
  /** `metricsFormat`; absent for Katib's default. */
  readonly filters?: readonly string[];
  readonly format: 'TEXT' | 'JSON';
  readonly rules: readonly Required<EarlyStoppingRule>[];
  readonly lines: readonly string[];
}

/** The line after which a trial is stopped, or at which the collector ends with an error; null: neither. */
export type Decision = { readonly stop: number } | { readonly crash: number } | null;
