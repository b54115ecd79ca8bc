import type { ScriptsReport } from '@katib-push/core';

/** What happened to one Experiment, and why. */
export interface ExperimentReport extends ScriptsReport {
  /** `metadata.name`, else `metadata.generateName`, else an empty string. */
  readonly name: string;
  /** `metadata.namespace`; absent if the manifest gives none. */
  readonly namespace?: string;
  /** `rewritten`: the patch is not empty. `unchanged`: nothing was done, on purpose. `failed`: nothing could be done. */
  readonly outcome: 'rewritten' | 'unchanged' | 'failed';
  /** One sentence for people: `pushes accuracy and loss, no sidecar`, or why it stays as it is. */
  readonly summary: string;
  /** Kind of the metrics collector before and after; `StdOut` where the manifest names none. */
  readonly collector: { readonly before: string; readonly after: string };
  /** How the client reaches the trial; absent where nothing was rewritten. */
  readonly delivery?: 'env' | 'inline' | 'image';
  /** The container whose args were read: its name and JSON pointer; absent if there is none. */
  readonly container?: { readonly name: string; readonly pointer: string };
}
