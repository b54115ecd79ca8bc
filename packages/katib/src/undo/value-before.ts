import { unwrapWords } from '@katib-push/shim';
import type { Place } from '../record/place.ts';
import type { Insertions } from '../record/record.ts';

/** What stood at a place before the rewrite. */
export type ValueBefore =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Values that a rewrite replaces and that are told by their hash alone: the kinds of Katib's metrics collector. */
const guesses: readonly unknown[] = ['StdOut', 'None', 'Push', 'File', '', null];

/** What stood at a place, told from the value that stands there now. Its hash is the recorded one. */
export function valueBefore(place: Place, value: unknown, hash: (value: unknown) => string): ValueBefore {
  if (place.before === null) return { kind: 'nothing' };
  if (typeof value === 'string' && isInsertions(place.trace)) {
    const text = takeOut(value, place.trace);
    if (hash(text) === place.before) return { kind: 'value', value: text };
    return { kind: 'unknown', reason: 'what was inserted there is not where the record says' };
  }
  const words = Array.isArray(value) ? unwrapWords(value.map(String)) : undefined;
  if (words && hash(words) === place.before) return { kind: 'value', value: words };
  const known = [...guesses, place.trace, place.trace?.[0]].find(
    (guess) => guess !== undefined && hash(guess) === place.before,
  );
  if (known !== undefined) return { kind: 'value', value: known };
  return { kind: 'unknown', reason: 'the record does not tell what stood there before' };
}

function isInsertions(trace: Place['trace']): trace is Insertions {
  return typeof trace?.[0] === 'number';
}

/** The text without what was inserted into it. */
function takeOut(text: string, insertions: Insertions): string {
  let rest = '';
  let at = 0;
  for (let index = 0; index < insertions.length; index += 2) {
    const from = insertions[index] as number;
    rest += text.slice(at, from);
    at = from + (insertions[index + 1] as number);
  }
  return rest + text.slice(at);
}
