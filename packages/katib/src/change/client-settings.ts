import type { Filters } from '@katib-push/core';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import type { Settings } from '../policy/settings.ts';

/** What every push client is told: the JSON of the variable `KATIB_PUSH_CONFIG`. */
export interface ClientConfig {
  /** Wanted names, the objective first. */
  readonly metrics: readonly string[];
  /** Portable filters; `null` for Katib's default. */
  readonly filters: readonly string[] | null;
  readonly output: 'keep' | 'drop';
  readonly coverage: 'likely' | 'output';
  /** Push only in the pod with this completion index; absent where there is but one pod. */
  readonly completionIndex?: number;
}

/** The client's configuration for one Experiment. */
export function clientConfig(
  filters: Filters,
  settings: Settings,
  container: PrimaryContainer,
): ClientConfig {
  return {
    metrics: filters.metrics,
    filters: filters.portable,
    output: settings.output,
    coverage: settings.coverage,
    ...(container.completionIndex === undefined ? {} : { completionIndex: container.completionIndex }),
  };
}

/** A text as the kubelet hands it on: it turns `$$` into `$` and replaces `$(NAME)`. */
export function escapeForKubelet(text: string): string {
  return text.replaceAll('$', '$$$$');
}
