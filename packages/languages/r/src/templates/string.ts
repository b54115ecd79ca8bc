import { isOpaque, stretchesOf } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import { rangeOf, type Script } from '../script.ts';
import { hole, joined, literal, type Parts } from './parts.ts';

const ESCAPE = /\\(?:x([\da-fA-F]{1,2})|[uU]\{?([\da-fA-F]{1,8})\}?|([0-7]{1,3})|([\s\S]))/g;
const SHORT: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** What a string says; `undefined` for another node, and for one that holds a stand-in. */
export function stringValue(script: Script, node: Node): string | undefined {
  if (node.type !== 'string' || isOpaque(script, rangeOf(node))) return undefined;
  return decode(script.text.slice(node.startIndex, node.endIndex));
}

/** A string as parts: its stand-ins are holes. */
export function renderString(script: Script, node: Node): Parts {
  const { text, opaque } = script;
  const raw = /^[rR]/.test(text.charAt(node.startIndex));
  const content = node.childForFieldName('content');
  if (!content) return [];
  const known = (source: string) => literal(raw ? source : unescaped(source));
  return joined(
    ...stretchesOf(rangeOf(content), opaque).map((stretch) =>
      stretch.isOpaque ? hole(script, node) : known(text.slice(stretch.from, stretch.to)),
    ),
  );
}

function decode(source: string): string {
  const raw = /^[rR]["'](-*)[([{]([\s\S]*)[)\]}]\1["']$/.exec(source);
  return raw ? (raw[2] as string) : unescaped(source.slice(1, -1));
}

/** https://cran.r-project.org/doc/manuals/r-release/R-lang.html#Literal-constants */
function unescaped(source: string): string {
  return source.replace(ESCAPE, (_, hex, unicode, octal, other) => {
    const code = hex ?? unicode;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD';
    }
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return SHORT[other] ?? other;
  });
}
