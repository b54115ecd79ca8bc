/**
 * What an output statement is to the collector.
 *
 * - `metric`: it writes a wanted metric, the name known before the program runs.
 * - `dynamic`: it may write a wanted metric; the name or the text is known only at run time.
 * - `unlikely`: as far as can be seen, it writes none.
 * - `never`: it writes none (constant text), or can not be touched (compiled code).
 * - `suppressed`: a comment asks to leave it alone.
 */
export type Verdict = 'metric' | 'dynamic' | 'unlikely' | 'never' | 'suppressed';

/** A metric that a statement writes, with the expression that gives its value. */
export interface StatementMetric {
  readonly name: string;
  /** The value's expression in the source, or the literal text; absent if it is not one expression. */
  readonly value?: string;
}
