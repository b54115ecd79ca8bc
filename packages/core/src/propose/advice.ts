/** What would have the filters read the wanted metrics that they don't read. */
export interface FormatAdvice {
  /** Absent where nothing can be proposed. */
  readonly proposal?: FormatProposal;
  /** Wanted metrics that are not read even so, each with the reason. */
  readonly unread: readonly UnreadMetric[];
}

/** A `metricsFormat` that was tried on every text. */
export interface FormatProposal {
  /** All expressions that `metricsFormat` is to hold; absent where it can stay as it is. */
  readonly formats?: readonly string[];
  /** Metrics that the Experiment has to call as they are printed; mostly none. */
  readonly renames: readonly { readonly wanted: string; readonly printed: string }[];
  /** The rows that it gives beyond those of today, in the order of the texts. */
  readonly rows: readonly ProposedRow[];
}

export interface ProposedRow {
  /** The name as it is printed. */
  readonly name: string;
  /** The expression that gives the value, as it stands in the source. */
  readonly value: string;
  /** Index of the text. */
  readonly source: number;
  /** Set where the name is known only at run time, and may be this one. */
  readonly assumed?: true;
}

export interface UnreadMetric {
  readonly name: string;
  /**
   * - `unnamed`: no text names it.
   * - `ambiguous`: several values may be meant, a number out of a total among them; `choices` has those that can be told.
   * - `unreadable`: it is named, and no expression reads just its value.
   */
  readonly why: 'unnamed' | 'ambiguous' | 'unreadable';
  /** What each of several values can be had by; empty but for `ambiguous`. */
  readonly choices: readonly FormatProposal[];
  /** Index of the text that names it; absent for `unnamed`. */
  readonly source?: number;
}
