import { isScalar, type Scalar } from 'yaml';
import { extentOf, type Spot } from './find-node.ts';
import { columnOf, type Layout, lineStartOf } from './layout.ts';
import { spliceFolded, spliceLiteral } from './splice-block-scalar.ts';
import { spliceFlowScalar } from './splice-flow-scalar.ts';
import type { TextEdit } from './text-edit.ts';
import { fitsLiteral, writeBlock, writeFlow, writeInline, writeJson, writeLiteral } from './write-value.ts';

/**
 * Ways to write another value in place of a node, the least intrusive first. A way has to be read again to be
 * trusted: a plain text may have become something else.
 */
export function* replaceNode(
  text: string,
  place: Spot,
  value: unknown,
  layout: Layout,
): Generator<readonly TextEdit[]> {
  const { node, inFlow } = place;
  const { from, to } = spotOf(text, place);
  const source = text.slice(from, to);
  const tail = /\r?\n$/.exec(source)?.[0] ?? '';
  const gap = from === to && /[:-]/.test(text[from - 1] ?? '') ? ' ' : '';
  if (isScalar(node) && typeof node.value === 'string' && typeof value === 'string') {
    const spliced = spliceScalar(source, node as Scalar<string>, value);
    if (spliced !== undefined) yield [{ from, to, insert: spliced }];
  }
  if (!inFlow)
    yield [tidy(text, { from, to, insert: gap + writeInBlock(text, place, value, layout) + tail })];
  if (inFlow)
    yield [{ from, to, insert: gap + hang(writeNested(text, place, value, layout), text, from, layout) }];
  if (!inFlow && !isCollectionValue(value)) yield [{ from, to, insert: gap + writeInline(value) + tail }];
  yield [{ from, to, insert: gap + writeFlow(value) + tail }];
}

/** Where the node is written. A value that is absent may be placed behind a comment: it belongs behind the colon. */
function spotOf(text: string, { node, pair }: Spot): { readonly from: number; readonly to: number } {
  const extent = extentOf(node);
  const key = (pair?.key as Scalar | undefined)?.range?.[1];
  if (extent.from !== extent.to || key === undefined) return extent;
  const colon = text.indexOf(':', key) + 1;
  return colon > 0 && colon < extent.from ? { from: colon, to: colon } : extent;
}

/** A scalar as written, with another text; undefined where its style has no place for the text. */
function spliceScalar(source: string, node: Scalar<string>, value: string): string | undefined {
  switch (node.type) {
    case 'BLOCK_LITERAL':
      return spliceLiteral(source, node.value, value);
    case 'BLOCK_FOLDED':
      return spliceFolded(source, node.value, value);
    case 'PLAIN':
    case 'QUOTE_SINGLE':
    case 'QUOTE_DOUBLE':
      return spliceFlowScalar(source, node.type, node.value, value);
    default:
      return undefined;
  }
}

/** A value in block style, from the node's own position on. */
function writeInBlock(text: string, place: Spot, value: unknown, layout: Layout): string {
  const { pair, parent } = place;
  const { from } = spotOf(text, place);
  const key = (pair?.key as Scalar | undefined)?.range?.[0];
  const base = key !== undefined ? columnOf(text, key) : parent?.range ? columnOf(text, parent.range[0]) : 0;
  if (!isCollectionValue(value)) {
    if (typeof value !== 'string' || !fitsLiteral(value)) return writeInline(value);
    return join(writeLiteral(value, key === undefined ? 2 : layout.step), base, layout);
  }
  const lines = writeBlock(value, layout);
  const sameLine = key !== undefined && lineStartOf(text, key) === lineStartOf(text, from);
  if (!sameLine) return join(lines, columnOf(text, from), layout);
  const column = base + (Array.isArray(value) ? layout.listStep : layout.step);
  return layout.eol + ' '.repeat(column) + join(lines, column, layout);
}

/** A value in flow style: over several lines where the collection that holds it is. */
function writeNested(text: string, place: Spot, value: unknown, layout: Layout): readonly string[] {
  const range = place.parent?.range;
  const several = range !== undefined && range !== null && text.slice(range[0], range[1]).includes('\n');
  return several ? writeJson(value, layout.step) : [writeFlow(value)];
}

function hang(lines: readonly string[], text: string, at: number, layout: Layout): string {
  const start = lineStartOf(text, at);
  return join(lines, /^ */.exec(text.slice(start, at))?.[0].length ?? 0, layout);
}

function join(lines: readonly string[], column: number, layout: Layout): string {
  const indent = layout.eol + ' '.repeat(column);
  return lines.reduce((written, line) => written + (line === '' ? layout.eol : indent + line));
}

/** The edit without a blank in front of a line break that it inserts. */
function tidy(text: string, edit: TextEdit): TextEdit {
  const insert = edit.insert.replace(/^ +(?=\r?\n)/, '');
  const blanks = /^\r?\n/.test(insert) ? (/ *$/.exec(text.slice(0, edit.from))?.[0].length ?? 0) : 0;
  return { ...edit, from: edit.from - blanks, insert };
}

function isCollectionValue(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
