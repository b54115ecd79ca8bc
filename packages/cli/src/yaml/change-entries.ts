import { isMap, isPair, isScalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { extentOf, type Place } from './find-node.ts';
import { columnOf, type Layout, lineStartOf } from './layout.ts';
import type { TextEdit } from './text-edit.ts';
import { quote, writeEntry, writeFlow, writeItem, writeJson } from './write-value.ts';

/**
 * Ways to add an entry to a collection that is not empty, the least intrusive first. In a mapping it comes last;
 * in a list at the index that `key` gives (`-` for the end).
 */
export function* addEntry(
  text: string,
  place: Place,
  key: string,
  value: unknown,
  layout: Layout,
): Generator<readonly TextEdit[]> {
  const collection = place.node as YAMLMap | YAMLSeq;
  const index = isMap(collection) || key === '-' ? collection.items.length : Number(key);
  if (place.inFlow || collection.flow) {
    yield [addToFlow(text, collection, index, key, value, layout)];
    return;
  }
  const column = columnOf(text, startOfItem(text, collection, 0));
  const lines = isMap(collection) ? writeEntry(key, value, layout) : writeItem(value, layout);
  const indent = ' '.repeat(column);
  const written = lines.map((line) => (line === '' ? '' : indent + line)).join(layout.eol);
  if (index > 0) {
    for (const at of endsOfItem(text, collection.items[index - 1] as Node | Pair)) {
      const breakBefore = at > 0 && text[at - 1] !== '\n' ? layout.eol : '';
      yield [{ from: at, to: at, insert: breakBefore + written + (breakBefore === '' ? layout.eol : '') }];
    }
  }
  // In front of the first one: behind a block scalar at the very end of a file nothing can be added.
  const first = startOfItem(text, collection, 0);
  if (isMap(collection) || index === 0) {
    yield [{ from: first, to: first, insert: written.slice(column) + layout.eol + indent }];
  }
}

/** Where an item begins: its key, or its dash. */
export function startOfItem(text: string, collection: YAMLMap | YAMLSeq, index: number): number {
  const item = collection.items[index] as Node | Pair;
  if (isPair(item)) return (item.key as Node).range?.[0] ?? 0;
  if (index === 0) return collection.range?.[0] ?? 0;
  const column = columnOf(text, collection.range?.[0] ?? 0);
  // An item may begin lines below its dash; the dash stands in the list's column.
  let start = lineStartOf(text, item.range?.[0] ?? 0);
  while (start > 0 && text[start + column] !== '-') start = lineStartOf(text, start - 1);
  return start + column;
}

/** Where a line could be added behind an item: before blank lines that trail a block scalar, else behind them. */
export function endsOfItem(text: string, item: Node | Pair): readonly number[] {
  const leaf = lastLeaf(item);
  const { from, to } = extentOf(leaf);
  if (text[to - 1] !== '\n') {
    const lineEnd = text.indexOf('\n', to);
    return [lineEnd < 0 ? text.length : lineEnd + 1];
  }
  let start = to;
  for (let line = lineStartOf(text, to - 1); line > from && isBlank(text.slice(line, start)); ) {
    start = line;
    line = lineStartOf(text, start - 1);
  }
  return start < to ? [start, to] : [to];
}

function isBlank(line: string): boolean {
  return /^[ \t]*\r?\n$/.test(line);
}

function lastLeaf(item: Node | Pair): Node {
  const node = (isPair(item) ? (item.value ?? item.key) : item) as Node;
  if (isScalar(node) || !('items' in node) || node.flow || node.items.length === 0) return node;
  return lastLeaf(node.items.at(-1) as Node | Pair);
}

function addToFlow(
  text: string,
  collection: YAMLMap | YAMLSeq,
  index: number,
  key: string,
  value: unknown,
  layout: Layout,
): TextEdit {
  const name = isMap(collection) ? `${quote(key)}: ` : '';
  const anchor = collection.items[Math.max(0, index - 1)] as Node | Pair;
  const start = isPair(anchor) ? ((anchor.key as Node).range?.[0] ?? 0) : (anchor.range?.[0] ?? 0);
  const lineStart = lineStartOf(text, start);
  const before = text.slice(lineStart, start);
  const ownLine = before.trim() === '' && lineStart > 0;
  const separator = ownLine ? layout.eol + before : ' ';
  const lines = ownLine ? writeJson(value, layout.step) : [writeFlow(value)];
  const written = name + lines.join(layout.eol + before);
  if (index === 0) return { from: start, to: start, insert: `${written},${separator}` };
  const leaf = isPair(anchor) ? ((anchor.value ?? anchor.key) as Node) : anchor;
  const end = leaf.range?.[1] ?? start;
  return { from: end, to: end, insert: `,${separator}${written}` };
}

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
