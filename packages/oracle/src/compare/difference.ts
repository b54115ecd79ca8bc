import type { Stream } from '../trial/trial-run.ts';

/** Something that the rewrite changed and should not have. */
export interface Difference {
  /** What it is about. */
  readonly where: Stream | 'exit' | 'rows' | 'times' | 'experiment' | 'run';
  /** One sentence with the place and both values. */
  readonly message: string;
}

/**
 * A difference between pull and push that is documented, not an accident:
 *
 * - `empty-value`: the collector would store an empty value (`loss=nan` under the default filter); the client pushes
 *   none.
 * - `number-in-brackets`: the collector would store an empty value for `loss=tensor(0.5)`; the client pushes 0.5.
 * - `not-finite`: the collector would store an empty value or a bare sign for NaN or an infinity; the client pushes
 *   none, and says so in one line of stderr (or, where the trial asks for it, pushes it as it is printed).
 * - `objective-unavailable`: the objective was never printed. The collector would store `unavailable` for it and
 *   throw the additional rows away; pushed rows stay.
 * - `failed-run`: the run failed. Katib stores nothing then; pushed rows stay. What the interpreter wrote about the
 *   failure itself is no output of a statement and need not be pushed.
 * - `merged-lines`: the file into which Katib's wrapper joins both streams holds lines that neither stream holds.
 * - `own-clock`: a line began with a time, which the collector would have taken; the client takes its own clock.
 * - `output-dropped`: lines that are pushed and, on demand (`katib-push.io/output: drop`), no longer printed.
 * - `not-covered`: rows of statements that stayed as they were. Accepted only where the caller asked for `partial`.
 */
export type KnownRule =
  | 'empty-value'
  | 'number-in-brackets'
  | 'not-finite'
  | 'objective-unavailable'
  | 'failed-run'
  | 'merged-lines'
  | 'own-clock'
  | 'output-dropped'
  | 'not-covered';

/** A known rule that was needed in a comparison. */
export interface KnownDifference {
  readonly rule: KnownRule;
  /** How many rows it is about; lines for `output-dropped`. */
  readonly rows: number;
  /** One sentence with the first of them. */
  readonly message: string;
}

/**
 * A mask that was needed to find two outputs equal:
 *
 * - `quoted-source`: a traceback or warning quotes a line that the rewrite changed, with its caret line.
 * - `progress-time`: times and rates in a progress bar, and the blanks with which it clears a longer one.
 * - `progress-frames`: how often a bar was drawn before its last state, which its clock decides.
 * - `line-numbers`: line numbers of a script in which the prelude took a line of its own: exactly one more.
 * - `run-names`: the names of the run's own temporary folders.
 */
export type Mask = 'quoted-source' | 'progress-time' | 'progress-frames' | 'line-numbers' | 'run-names';

/** A value as it stands in a message: quoted, shortened to 120 characters. */
export function quote(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 119)}…` : text);
}

/** So much of two long texts is shown in front of the place where they part. */
const CONTEXT = 30;
const LONG = 120;

/** Two texts as they stand in a message, and the 1-based character at which they part; 1 where both are shown whole. */
export function quoteApart(
  one: string | undefined,
  other: string | undefined,
): { readonly column: number; readonly one: string; readonly other: string } {
  const [before, after] = [one ?? '', other ?? ''];
  if (before.length <= LONG && after.length <= LONG)
    return { column: 1, one: quote(one), other: quote(other) };
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  const from = Math.max(0, at - CONTEXT);
  const shown = (text: string | undefined) =>
    quote(text === undefined ? undefined : (from > 0 ? '…' : '') + text.slice(from));
  return { column: at + 1, one: shown(one), other: shown(other) };
}
