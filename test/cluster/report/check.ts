/** Takes what a check found, as soon as it is known. */
export type Report = (check: Check) => void;

/** What one check of the suite found: a row of its table. */
export interface Check {
  /** What was held against the real thing. */
  readonly what: string;
  /** The real thing. */
  readonly against: string;
  /** Figures. */
  readonly found: string;
  /** What is wrong, a line each; empty for nothing. */
  readonly wrong: readonly string[];
  /** Why it could not be run here. */
  readonly skipped?: string;
}
