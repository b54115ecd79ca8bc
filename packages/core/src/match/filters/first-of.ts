import { type CodePointSet, uniteRanges } from './code-point-set.ts';
import { type FilterNode, partsOf } from './filter-node.ts';

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
