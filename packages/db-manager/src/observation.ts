/** One stored row of a trial's log. */
export interface Observation {
  /** Name of the trial, as stored. */
  readonly trial: string;
  /** Name of the metric, as stored. */
  readonly name: string;
  /** The metric's value: text, not necessarily a number, possibly empty. */
  readonly value: string;
  /**
   * RFC 3339 in UTC with at most microseconds and no trailing zeros (`2026-06-22T20:07:21.5Z`), the form in which
   * Katib answers. These strings do not sort as text: `…21Z` comes after `…21.5Z` there.
   */
  readonly time: string;
}

/** Which rows of a trial to read. An absent or empty field does not restrict. */
export interface ObservationFilter {
  /** Metric name, compared as MySQL does it: case and accents make no difference. */
  readonly name?: string;
  /** Earliest time, RFC 3339, inclusive, cut to microseconds. */
  readonly startTime?: string;
  /** Latest time, RFC 3339, inclusive, cut to microseconds. */
  readonly endTime?: string;
}

/** A row as the client sent it. */
export interface ReportedRow {
  readonly name: string;
  readonly value: string;
  /** The time in the client's own spelling, before it was brought to UTC and cut to microseconds. */
  readonly time: string;
}

/** One successful ReportObservationLog, given to the listeners once its rows are stored. */
export interface Report {
  readonly trial: string;
  /** The rows that were stored, in the order of the request (which need not be the order of their times). */
  readonly rows: readonly ReportedRow[];
  /** How many rows of the request were passed over because their time was empty. */
  readonly skipped: number;
}

/** How many calls of each kind have been answered, with or without an error. */
export interface RequestCounts {
  readonly report: number;
  readonly get: number;
  readonly delete: number;
  /** Checks and watches of the health service. */
  readonly health: number;
  /** Those among report, get and delete that were answered with an error. */
  readonly failed: number;
}
