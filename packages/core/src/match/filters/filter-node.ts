import type { CodePointSet } from './code-point-set.ts';

/** Where a part stands in the filter's source, in UTF-16 units. */
export interface FilterPart {
  readonly from: number;
  readonly to: number;
}

/** One character. A literal is a set of one, or of a few where case is ignored. */
export interface Characters extends FilterPart {
  readonly kind: 'characters';
  readonly set: CodePointSet;
}

/** A place and no text. `word` is between a word character and none, `inside` is every other place. */
export interface Assertion extends FilterPart {
  readonly kind: 'assertion';
  readonly place: 'start' | 'end' | 'word' | 'inside';
}

/** `index` is 1 for the first group that captures, 0 for one that does not. */
interface Group extends FilterPart {
  readonly kind: 'group';
  readonly index: number;
  readonly body: FilterNode;
}

interface Sequence extends FilterPart {
  readonly kind: 'sequence';
  readonly items: readonly FilterNode[];
}

/** The first option that leads to a match wins. */
interface Choice extends FilterPart {
  readonly kind: 'choice';
  readonly options: readonly FilterNode[];
}

/** `most` is Infinity where the filter names no limit. */
export interface Repeat extends FilterPart {
  readonly kind: 'repeat';
  readonly body: FilterNode;
  readonly least: number;
  readonly most: number;
  readonly greedy: boolean;
}

/** A filter as a tree. Flags are gone: each node already means what the flags make of it. */
export type FilterNode = Characters | Assertion | Group | Sequence | Choice | Repeat;

/** The parts that a node consists of. */
export function partsOf(node: FilterNode): readonly FilterNode[] {
  switch (node.kind) {
    case 'characters':
    case 'assertion':
      return [];
    case 'group':
    case 'repeat':
      return [node.body];
    case 'sequence':
      return node.items;
    case 'choice':
      return node.options;
  }
}

/** Why a filter is not translated, in one sentence with the way out. Never leaves `translateFilter`. */
export class FilterProblem extends Error {}

/** A part of a filter as it stands in a problem's sentence. */
export function quotePart(source: string, part: { readonly from: number; readonly to: number }): string {
  const text = source.slice(part.from, part.to);
  return `"${text.length > 60 ? `${text.slice(0, 57)}…` : text}"`;
}
