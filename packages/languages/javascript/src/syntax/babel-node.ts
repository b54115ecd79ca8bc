/** A node as Babel's parser makes it: fields by name, positions in UTF-16 units. */
export interface BabelNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Fields that say something of a node and are no part of the tree. */
export const NOT_CHILDREN: ReadonlySet<string> = new Set([
  'type',
  'start',
  'end',
  'loc',
  'extra',
  'leadingComments',
  'trailingComments',
  'innerComments',
]);

export function isNode(value: unknown): value is BabelNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Calls `visit` with each child and the field that holds it, in the order of the fields. */
export function eachChild(node: BabelNode, visit: (child: BabelNode, field: string) => void): void {
  for (const field in node) {
    if (NOT_CHILDREN.has(field)) continue;
    const value = node[field];
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item, field);
    } else if (isNode(value)) visit(value, field);
  }
}

/** The nodes of a field that holds several; none where it doesn't. */
export function nodesIn(node: BabelNode, field: string): readonly BabelNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}
