import { isDeepStrictEqual } from 'node:util';
import { type PrimaryContainer, unwrapWords } from '@katib-push/katib';
import { listOr, setAt, valueAt } from '../json/read-json.ts';

/** A rewritten Experiment whose container runs under the shim, with the original's words in its place. */
export interface Unwrapped {
  readonly experiment: unknown;
  /** Whether the container runs under the shim. */
  readonly isCaptured: boolean;
}

/**
 * Takes the shim away from the words, and puts the original's there where it runs them: as they are, or joined for a
 * shell. Words that are neither stay as the shim runs them, for the comparison to find.
 */
export function unwrapShim(original: unknown, rewritten: unknown, { at }: PrimaryContainer): Unwrapped {
  const [before, after] = [original, rewritten].map((experiment) => valueAt(experiment, ...at));
  const inner = unwrapWords(textsOf(valueAt(after, 'command')));
  if (!inner) return { experiment: rewritten, isCaptured: false };
  const words = [before, after].map((container) => [
    ...(container === after ? inner : textsOf(valueAt(container, 'command'))),
    ...textsOf(valueAt(container, 'args')),
  ]) as [string[], string[]];
  const [given, run] = words;
  const command = isSame(given, run) ? valueAt(before, 'command') : inner;
  const args = isSame(given, run) ? valueAt(before, 'args') : valueAt(after, 'args');
  const experiment = setAt(setAt(rewritten, [...at, 'command'], command), [...at, 'args'], args);
  return { experiment, isCaptured: true };
}

/** Whether words run what was given: the words themselves, or all of them as one text of the shell that stood there. */
function isSame(given: readonly string[], run: readonly string[]): boolean {
  if (isDeepStrictEqual(given, run)) return true;
  const [shell, flag, text, ...more] = run;
  if (flag !== '-c' || more.length > 0) return false;
  return shell === given[0] && given[1] === '-c'
    ? text === given.slice(2).join(' ')
    : shell === 'sh' && text === given.join(' ');
}

function textsOf(list: unknown): readonly string[] {
  return listOr(list).map(String);
}
