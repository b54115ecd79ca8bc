import type { ScriptsReport } from './diagnostics/diagnose.ts';
import type { PatchOperation } from './patch.ts';
import type { Way } from './policy/choices.ts';

/** A change of an Experiment after which its objective would be pushed. It was tried. */
export interface Remedy {
  readonly patch: readonly PatchOperation[];
  /** What to do, one sentence. */
  readonly text: string;
}

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
  /**
   * Which way metrics are pushed; `null` where nothing is done. `source`: statements of the scripts are wrapped.
   * `container`: the command runs under the shim, from the moment at which Katib creates a Trial.
   */
  readonly way: Way | null;
  /** Why this way, or why none: one sentence without a full stop. */
  readonly reason: string;
  /**
   * The container's words (command and args) as they stand, and as they run without the sidecar: under the shim, or joined
   * for a shell as Katib's wrapper does it. Absent where neither is done, or where there is no container to tell of.
   */
  readonly words?: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Kind of the metrics collector before, and of the trials after; `StdOut` where the manifest names none. */
  readonly collector: { readonly before: string; readonly after: string };
  /** How the client reaches the trial; absent where nothing was rewritten. */
  readonly delivery?: 'env' | 'inline' | 'image';
  /** A change after which the objective would be pushed, tried by the engine; absent where none is needed, or none helps. */
  readonly remedy?: Remedy;
  /** The container whose args were read: its name and JSON pointer; absent if there is none. */
  readonly container?: { readonly name: string; readonly pointer: string };
}
