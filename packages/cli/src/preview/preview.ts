import type { ExperimentReport, PatchOperation } from '@katib-push/katib';
import type { Manifest } from '../input/read-manifests.ts';
import type { Problem } from '../problems/problem.ts';

/** One Experiment after the engine has seen it. */
export interface Preview {
  readonly manifest: Manifest;
  /** JSON pointer of the Experiment in its document. */
  readonly pointer: string;
  readonly report: ExperimentReport;
  /**
   * What would become of it if something asked for the rewrite, where nothing does; `report` is then what really happens.
   * Absent where something asks, and where only what happens is wanted.
   */
  readonly ifEnabled?: ExperimentReport;
  /** From the document's value to the new one: pointers begin at the document. */
  readonly patch: readonly PatchOperation[];
  /** The change that takes the proposed formats, in the document; absent where none are proposed. */
  readonly formatPatch?: readonly PatchOperation[];
  /** The Experiment after the rewrite. */
  readonly experiment: unknown;
  /** The report's diagnostics with their places in the file. */
  readonly problems: readonly Problem[];
}
