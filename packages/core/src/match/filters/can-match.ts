import type { CodePointSet } from './code-point-set.ts';
import type { FilterNode } from './filter-node.ts';

/**
 * Whether the part can match with some of its characters and assertions alone.
 *
 * @param reads whether characters of this set are among them
 * @param isTrue whether an assertion holds
 */
export function canMatch(node: FilterNode, reads: (set: CodePointSet) => boolean, isTrue: boolean): boolean {
  const matches = (part: FilterNode): boolean => canMatch(part, reads, isTrue);
  switch (node.kind) {
    case 'characters':
      return reads(node.set);
    case 'assertion':
      return isTrue;
    case 'group':
      return matches(node.body);
    case 'sequence':
      return node.items.every(matches);
    case 'choice':
      return node.options.some(matches);
    case 'repeat':
      return node.least === 0 || matches(node.body);
  }
}

/** Whether the part can match without reading a character, perhaps only at some places (`^`, `\b`). */
export function isEmptiable(node: FilterNode): boolean {
  return canMatch(node, () => false, true);
}

/** Whether the part can match without reading a character, wherever it is tried. */
export function isAlwaysEmptiable(node: FilterNode): boolean {
  return canMatch(node, () => false, false);
}
