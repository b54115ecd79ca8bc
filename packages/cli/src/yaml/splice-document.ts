import type { PatchOperation } from '@katib-push/katib';
import { tokensOf, valueAt } from '@katib-push/katib/json-pointer';
import { type Document, isAlias, isCollection, isMap, type YAMLMap, type YAMLSeq } from 'yaml';
import { findDependentAlias } from './aliases.ts';
import { applyOperation } from './apply-operation.ts';
import { addEntry, emptied, removeEntry } from './change-entries.ts';
import { findPair, followPath, type Place } from './find-node.ts';
import { type Layout, readLayout } from './layout.ts';
import { exactValueOf, parseYaml } from './parse-yaml.ts';
import { refineOperation } from './refine-operations.ts';
import { replaceNode } from './replace-node.ts';
import { sameValue } from './same-value.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

export interface SplicedDocument {
  readonly text: string;
  /** Whether a change could not be made in place, so that the whole document was written anew. */
  readonly reformatted: boolean;
}

/**
 * Applies a JSON Patch to the text of one YAML (or JSON) document, and leaves every byte outside the changes as it is.
 * Each change is read again before it is kept. An alias of something that changes is written out first, so that it
 * keeps its value. Throws a RangeError where an operation does not apply; the text must parse.
 */
export function spliceDocument(text: string, operations: readonly PatchOperation[]): SplicedDocument {
  let at = readOne(text);
  let reformatted = false;
  for (const operation of operations) {
    for (const step of refineOperation(at.value, operation)) {
      const after = applyOperation(at.value, step);
      const next = spliceOperation(at, step, after);
      if (!next) reformatted = true;
      at = next ?? reformat(at.text, step, after);
    }
  }
  return { text: at.text, reformatted };
}

/** One document as it was read. */
interface Read {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly value: unknown;
}

function spliceOperation(read: Read, operation: PatchOperation, expected: unknown): Read | undefined {
  const detached = writeOutAlias(read, operation);
  if (detached) return spliceOperation(detached, operation, expected);
  return firstThatHolds(read.text, waysTo(read, operation, expected), expected);
}

/** What the first of some edits makes after which the text is one document of that value. */
function firstThatHolds(
  text: string,
  ways: Iterable<readonly TextEdit[]>,
  expected: unknown,
): Read | undefined {
  for (const edits of ways) {
    const result = readAs(applyEdits(text, edits), expected);
    if (result) return result;
  }
  return undefined;
}

/** The ways to make a change in place, the least intrusive first. */
function* waysTo(
  { text, document }: Read,
  operation: PatchOperation,
  expected: unknown,
): Generator<readonly TextEdit[]> {
  const layout = readLayout(text, document);
  const path = tokensOf(operation.path);
  const key = path.at(-1);
  if (key === undefined) return;
  const goal = operation.op === 'replace' ? path : path.slice(0, -1);
  const { places, stopped } = followPath(document, goal);
  const place = places.at(-1);
  if (!place) return;
  if (stopped) {
    yield* writeWhole(text, place, goal, expected, layout);
  } else if (operation.op === 'replace') {
    yield* replaceNode(text, place, operation.value, layout);
  } else if (isCollection(place.node)) {
    const { items } = place.node;
    if (operation.op === 'add') {
      if (items.length > 0) yield* addEntry(text, place, key, operation.value, layout);
    } else if (items.length > 1) {
      const index = indexOf(place.node as YAMLMap | YAMLSeq, key);
      if (index >= 0) yield* removeEntry(text, place, index);
    }
    yield* replaceNode(text, place, valueAt(expected, goal) ?? emptied(place.node as YAMLMap), layout);
  }
}

/** Where an alias or a merged key is in the way: what it stands for is written out at that place, changed. */
function* writeWhole(
  text: string,
  place: Place,
  goal: readonly string[],
  expected: unknown,
  layout: Layout,
): Generator<readonly TextEdit[]> {
  if (isMap(place.node)) {
    const key = goal[place.path.length] as string;
    yield* addEntry(text, place, key, valueAt(expected, [...place.path, key]), layout);
  } else {
    yield* replaceNode(text, place, valueAt(expected, place.path), layout);
  }
}

/** The document with one alias written out that must not change along with the operation's target; undefined if none. */
function writeOutAlias({ text, document, value }: Read, operation: PatchOperation): Read | undefined {
  const path = tokensOf(operation.path);
  const { places, stopped } = followPath(document, operation.op === 'add' ? path.slice(0, -1) : path);
  const place = findDependentAlias(document, places, operation.op !== 'add' && !stopped);
  const source = isAlias(place?.node) ? place.node.resolve(document) : undefined;
  if (!place || !source) return undefined;
  const written = source.toJS(document, { maxAliasCount: 100 });
  return firstThatHolds(text, replaceNode(text, place, written, readLayout(text, document)), value);
}

function indexOf(collection: YAMLMap | YAMLSeq, key: string): number {
  if (!isMap(collection)) return Number(key);
  const pair = findPair(collection, key);
  return pair ? collection.items.indexOf(pair as never) : -1;
}

function readOne(text: string): Read {
  const document = parseYaml(text)[0];
  const error = document?.errors[0];
  if (!document || error)
    throw new RangeError(`the document can't be read: ${error?.message ?? 'it is empty'}`);
  return { text, document, value: exactValueOf(document) };
}

/** The text read, if it is one document of that value. */
function readAs(text: string, expected: unknown): Read | undefined {
  const [document, ...others] = parseYaml(text);
  if (!document || others.length > 0 || document.errors.length > 0) return undefined;
  try {
    const value = exactValueOf(document);
    return sameValue(value, expected) ? { text, document, value } : undefined;
  } catch {
    return undefined; // an alias without its anchor
  }
}

/** The last resort: the whole document written anew; comments survive, the layout may not. */
function reformat(text: string, operation: PatchOperation, expected: unknown): Read {
  const { document } = readOne(text); // not the one that was read: it is changed
  const path = tokensOf(operation.path);
  if (operation.op === 'remove') document.deleteIn(path);
  else if (path.at(-1) === '-') document.addIn(path.slice(0, -1), operation.value);
  else document.setIn(path, operation.value);
  const layout = readLayout(text, document);
  const written = document.toString({ lineWidth: 0, indent: Math.max(1, Math.min(8, layout.step)) });
  const result = readAs(layout.eol === '\n' ? written : written.replaceAll('\n', layout.eol), expected);
  if (result) return result;
  throw new RangeError(`${operation.op} ${operation.path} can't be written in this document`);
}
