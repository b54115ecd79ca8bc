/** How many rows of each metric there are, as `observed` of a case says it; names in order. */
export function countRows(rows: readonly { readonly name: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
