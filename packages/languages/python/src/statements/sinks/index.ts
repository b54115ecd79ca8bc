import type { Range } from '@katib-push/core';
import type { Script } from '../../syntax/script.ts';
import type { Mention, SinkFamily } from '../sink.ts';
import { print } from './print.ts';

/** All families. A name belongs to the first that lists it and recognizes the mention. */
const FAMILIES: readonly SinkFamily[] = [print];

const NAMES = new RegExp(`(?<![\\w$])(?:${FAMILIES.flatMap((family) => family.names).join('|')})\\b`, 'g');

/** Where names of sinks stand in a text: some of them are in strings, comments and other names' places. */
export function* scanForSinks(script: Script): Iterable<Range> {
  for (const match of script.text.matchAll(NAMES))
    yield { from: match.index, to: match.index + match[0].length };
}

export function familyOf(mention: Mention): SinkFamily | undefined {
  return FAMILIES.find((family) => family.names.includes(mention.word));
}
