import type { FilterNode } from './filter-node.ts';

/** How many positions a part takes in the automaton, its least counts copied out. */
export function measureFilter(node: FilterNode): number {
  switch (node.kind) {
    case 'characters':
      return 1;
    case 'assertion':
      return 0;
    case 'group':
      return measureFilter(node.body);
    case 'sequence':
      return node.items.reduce((sum, item) => sum + measureFilter(item), 0);
    case 'choice':
      return node.options.reduce((sum, option) => sum + measureFilter(option), 0);
    case 'repeat':
      return measureFilter(node.body) * Math.max(1, node.least);
  }
}
