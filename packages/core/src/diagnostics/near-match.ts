import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant, as the end of a sentence; empty where none is near. */
export function nearMatch(given: string, names: readonly string[]): string {
  const fold = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');
  const folded = closest(fold(given), names.map(fold));
  const near = names.find((name) => fold(name) === folded);
  if (near === undefined || distance(fold(given), folded) > Math.max(2, given.length / 3)) return '';
  return `; did you mean ${near}?`;
}
