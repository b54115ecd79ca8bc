import type { Hunk } from '../preview/hunks.ts';
import type { Row } from '../trial/live-view.ts';

/** What the page of a run shows. */
export interface RunReport {
  /** `experiment/tune-mnist`. */
  readonly title: string;
  /** `rewritten: pushes loss`. */
  readonly summary: string;
  readonly verdict: {
    readonly good: boolean;
    readonly headline: string;
    readonly details: readonly string[];
  };
  readonly metrics: readonly MetricRows[];
  readonly scripts: readonly { readonly name: string; readonly hunks: readonly Hunk[] }[];
}

/** The rows of one metric, in their order. */
export interface MetricRows {
  readonly name: string;
  readonly pushed: readonly string[];
  /** What Katib's collector reads from the output of the original; absent where it did not run. */
  readonly pulled?: readonly string[];
}

/**
 * Gathers rows by metric, in the order in which metrics appear.
 *
 * @param pulled rows of the original's output; absent where it did not run
 */
export function gatherMetrics(pushed: readonly Row[], pulled?: readonly Row[]): readonly MetricRows[] {
  const names = new Set([...pushed, ...(pulled ?? [])].map(({ name }) => name));
  const valuesOf = (rows: readonly Row[], wanted: string): readonly string[] =>
    rows.filter(({ name }) => name === wanted).map(({ value }) => value);
  return [...names].map((name) => ({
    name,
    pushed: valuesOf(pushed, name),
    ...(pulled ? { pulled: valuesOf(pulled, name) } : {}),
  }));
}
