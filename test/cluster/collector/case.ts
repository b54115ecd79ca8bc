/** Outputs that are read with the same names and filters. */
export interface Cases {
  /** What it is about, for reports. */
  readonly from: string;
  /** Wanted names, the objective first; Katib joins them with `;`. */
  readonly names: readonly string[];
  /** `metricsFormat`; absent where an Experiment gives none. */
  readonly filters?: readonly string[];
  readonly format: 'TEXT' | 'JSON';
  readonly outputs: readonly Uint8Array[];
}

/** One row: name, value, RFC 3339 time. */
export type Row = readonly [name: string, value: string, time: string];

/** What is stored for an output, or why nothing is. */
export type Answer = readonly Row[] | { readonly failed: string };
