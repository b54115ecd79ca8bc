/**
 * What is known of a hole's text before the program runs.
 *
 * - `integer`, `number`: prints as digits, perhaps signed, with a fraction or an exponent.
 * - `percent`: a number followed by `%` (format `.1%`).
 * - `boolean`, `none`: prints as `True`, `false`, `None`, …; never a metric's name or value.
 * - `string`: some text.
 * - `unknown`: anything.
 */
export type HoleType = 'integer' | 'number' | 'percent' | 'boolean' | 'none' | 'string' | 'unknown';

/** Text known before the program runs. */
export interface Literal {
  readonly kind: 'literal';
  readonly text: string;
}

/** Text known only at run time. */
export interface Hole {
  readonly kind: 'hole';
  /** The value's expression as it stands in the source, for reports: `acc`, `logs["loss"]`. */
  readonly expression: string;
  readonly type: HoleType;
}

export type TemplatePart = Literal | Hole;

/** The text that an output statement writes, as far as it is known before the program runs. */
export interface Template {
  /** In the order written; no two literals in a row. */
  readonly parts: readonly TemplatePart[];
}
