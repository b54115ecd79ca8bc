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
   * - `ambiguous`: several values may be meant; `choices` has them.
   * - `count`: only a count out of a total stands behind the name.
   * - `list`: several names stand in front of several values.
   * - `value-first`: the value stands in front of the name, which no filter can read.
   * - `next-line`: the line ends where its value should stand.
   * - `header`: it heads a table, whose values stand in other lines.
   * - `unreadable`: it is named with a value, and no expression reads just that.
   */
  readonly why:
    | 'unnamed'
    | 'ambiguous'
    | 'count'
    | 'list'
    | 'value-first'
    | 'next-line'
    | 'header'
    | 'unreadable';
  /** What each of several values can be had by; empty but for `ambiguous`. */
  readonly choices: readonly FormatProposal[];
  /** Index of the text that names it; absent for `unnamed`. */
  readonly source?: number;
}
