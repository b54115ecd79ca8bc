/** The fields of nodes that unbash reads when they are asked for: they are no keys of theirs. */
const foundWhenAsked = ['parts', 'value', 'elements', 'expression'] as const;

/** What stands in a node of the syntax tree, or in a list of them. */
export function fieldsOf(node: object): readonly unknown[] {
  const fields = node as Readonly<Record<string, unknown>>;
  return [...new Set([...foundWhenAsked, ...Object.keys(node)])].map((key) => fields[key]);
}
