/** Something that is wrong with a rewritten Experiment. */
export interface Problem {
  /** Which rule is broken, kebab-case. */
  readonly rule: string;
  /** JSON pointer (RFC 6901) of the place. */
  readonly pointer: string;
  /** One sentence with the values. */
  readonly message: string;
}
