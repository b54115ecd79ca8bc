/** Where each identifier stands in a text, ascending: in code, strings and comments alike. */
export type Occurrences = ReadonlyMap<string, readonly number[]>;

const IDENTIFIER = /[A-Za-z_\u00AA-\uFFFF][\w\u00AA-\uFFFF]*/g;

export function indexOccurrences(text: string): Occurrences {
  const index = new Map<string, number[]>();
  for (const match of text.matchAll(IDENTIFIER)) {
    const known = index.get(match[0]);
    if (known) known.push(match.index);
    else index.set(match[0], [match.index]);
  }
  return index;
}

/** Names that some function declares `global` or `nonlocal`: more than one scope may change them. */
export function sharedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(/\b(?:global|nonlocal)[ \t]+([^\r\n;#]+)/g))
    for (const name of (match[1] as string).split(',')) names.add(name.trim());
  return names;
}
