import type { FilterNode } from './filter-node.ts';

/** Whether the part can match without reading a character, perhaps only at some places (`^`, `\b`). */
export function isEmptiable(node: FilterNode): boolean {
  return canBeEmpty(node, true);
}

/** Whether the part can match without reading a character, wherever it is tried. */
export function isAlwaysEmptiable(node: FilterNode): boolean {
  return canBeEmpty(node, false);
}

function canBeEmpty(node: FilterNode, assertions: boolean): boolean {
  switch (node.kind) {
    case 'characters':
      return false;
    case 'assertion':
      return assertions;
    case 'group':
      return canBeEmpty(node.body, assertions);
    case 'sequence':
      return node.items.every((item) => canBeEmpty(item, assertions));
    case 'choice':
      return node.options.some((option) => canBeEmpty(option, assertions));
    case 'repeat':
      return node.least === 0 || canBeEmpty(node.body, assertions);
  }
}
