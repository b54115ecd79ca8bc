import { lastingFact } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

/** Names that some function declares `global` or `nonlocal`: more than one scope may change them. */
export const sharedNames = lastingFact(({ text }: Script): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const match of text.matchAll(/\b(?:global|nonlocal)[ \t]+([^\r\n;#]+)/g))
    for (const name of (match[1] as string).split(',')) names.add(name.trim());
  return names;
});
