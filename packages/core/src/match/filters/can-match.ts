import { type CodePointSet, uniteRanges } from './code-point-set.ts';
import { type FilterNode, partsOf } from './filter-node.ts';

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

/**
 * The characters that a part can begin with.
 *
 * @param follow what can come behind it: it begins with that where it is empty
 */
export function firstOf(node: FilterNode, follow: CodePointSet): CodePointSet {
  switch (node.kind) {
    case 'characters':
      return node.set;
    case 'assertion':
      return follow;
    case 'group':
      return firstOf(node.body, follow);
    case 'sequence':
      return node.items.reduceRight((next, item) => firstOf(item, next), follow);
    case 'choice':
      return uniteRanges(node.options.flatMap((option) => firstOf(option, follow)));
    case 'repeat': {
      if (node.most === 0) return follow;
      const first = firstOf(node.body, follow);
      return node.least > 0 ? first : uniteRanges([...first, ...follow]);
    }
  }
}

/** All characters that a part can read somewhere. */
export function readsOf(node: FilterNode): CodePointSet {
  if (node.kind === 'characters') return node.set;
  return node.kind === 'repeat' && node.most === 0 ? [] : uniteRanges(partsOf(node).flatMap(readsOf));
}
