import { tokensOf } from '@katib-push/katib/json-pointer';
import { type Document, isAlias, isCollection, isScalar, type Node } from 'yaml';
import type { FilePlace } from '../problems/problem.ts';
import { followPath } from '../yaml/find-node.ts';

/** Where what stands in a document is in its file. */
export interface DocumentPlaces {
  /** The place in the file of what a JSON pointer leads to, as far as it leads. */
  readonly placeOf: (pointer: string) => FilePlace;
  /** The place of a line within a string: `line` (1-based) counts from `offset` of the string on. */
  readonly placeOfLine: (pointer: string, offset: number, line: number) => FilePlace;
}

/** Finds places of a document in its file. `places` gives the place of an offset. */
export function findPlaces(document: Document.Parsed, places: (offset: number) => FilePlace): DocumentPlaces {
  const deepest = (pointer: string) => followPath(document, tokensOf(pointer)).places.at(-1);
  const placeOf = (pointer: string): FilePlace => {
    const place = deepest(pointer);
    const node = place?.node;
    const key = place?.pair?.key as Node | undefined;
    const at = node && !isAlias(node) && isCollection(node) ? (key ?? node) : node;
    return places(at?.range?.[0] ?? document.range[0]);
  };
  return {
    placeOf,
    placeOfLine: (pointer, offset, line) => {
      const node = deepest(pointer)?.node;
      const start = placeOf(pointer);
      // Only in a literal block does a line of the string stand on a line of the file.
      if (!isScalar(node) || node.type !== 'BLOCK_LITERAL' || typeof node.value !== 'string') return start;
      const before = node.value.slice(0, offset).split('\n').length - 1;
      return { line: start.line + before + line, column: 1 };
    },
  };
}
