import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant, as the end of a sentence; empty where none is near, or begins so. */
export function nearMatch(given: string, names: readonly string[]): string {
  const fold = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');
  const wanted = fold(given);
  const folded = closest(wanted, names.map(fold));
  const near =
    distance(wanted, folded) <= Math.max(2, given.length / 3)
      ? names.find((name) => fold(name) === folded)
      : names.find((name) => wanted.length > 3 && fold(name).startsWith(wanted));
  return near === undefined ? '' : `; did you mean ${near}?`;
}
