import { isMap, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { endsOfItem, startOfItem } from './add-entry.ts';
import type { Place } from './find-node.ts';
import { lineStartOf } from './layout.ts';
import type { TextEdit } from './text-edit.ts';

/** Ways to remove one of several entries of a collection. Comments in front of it stay. */
export function* removeEntry(text: string, place: Place, index: number): Generator<readonly TextEdit[]> {
  const collection = place.node as YAMLMap | YAMLSeq;
  const { items } = collection;
  const item = items[index] as Node | Pair;
  if (place.inFlow || collection.flow) {
    const from = flowStart(items[index] as Node | Pair);
    if (index < items.length - 1)
      yield [{ from, to: flowStart(items[index + 1] as Node | Pair), insert: '' }];
    else yield [{ from: flowEnd(items[index - 1] as Node | Pair), to: flowEnd(item), insert: '' }];
    return;
  }
  const from = startOfItem(text, collection, index);
  const lineStart = lineStartOf(text, from);
  // The first key behind a dash shares its line: the next key moves up to it.
  if (text.slice(lineStart, from).trim() !== '') {
    yield [{ from, to: startOfItem(text, collection, index + 1), insert: '' }];
    return;
  }
  for (const end of endsOfItem(text, item)) yield [{ from: lineStart, to: end, insert: '' }];
}

/** What replaces a collection whose only entry is removed. */
export function emptied(collection: YAMLMap | YAMLSeq): unknown {
  return isMap(collection) ? {} : [];
}

function flowStart(item: Node | Pair): number {
  return ('key' in item ? (item.key as Node) : item).range?.[0] ?? 0;
}

function flowEnd(item: Node | Pair): number {
  return ('key' in item ? ((item.value ?? item.key) as Node) : item).range?.[1] ?? 0;
}
