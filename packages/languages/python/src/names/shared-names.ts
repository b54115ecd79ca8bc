/** Names that some function declares `global` or `nonlocal`: more than one scope may change them. */
export function sharedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(/\b(?:global|nonlocal)[ \t]+([^\r\n;#]+)/g))
    for (const name of (match[1] as string).split(',')) names.add(name.trim());
  return names;
}
