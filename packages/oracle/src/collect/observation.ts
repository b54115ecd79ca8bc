/** One value of one metric, as the collector reads it from a line or a client pushes it. */
export interface Observation {
  /** The metric's name. */
  readonly name: string;
  /** The value as text: not necessarily a number, and empty where the filter's second group matched nothing. */
  readonly value: string;
  /** RFC 3339. Rows read from a line without a time of its own have {@link NO_TIME}. */
  readonly time: string;
}

/** Go's zero time: what Katib's collector stores for a line that does not begin with a time. */
export const NO_TIME = '0001-01-01T00:00:00Z';

/** The value that Katib stores for an objective that was never reported. */
export const UNAVAILABLE = 'unavailable';
