import type { Range } from '@katib-push/core';

/** A piece of Python source: what CPython's `tokenize` calls NAME, NUMBER and OP is `code`, one token or several. */
export interface Token extends Range {
  /** `end`: the end of a logical line. `blank`: spaces, ends of lines inside of brackets, and `\` before one. */
  readonly kind: 'code' | 'string' | 'comment' | 'end' | 'blank';
}

const blank = /(?:[ \t\f]|\\\r?\n)+/y;
const lineEnd = /\r?\n/y;
const comment = /#[^\r\n]*/y;
const word = /[\p{L}\p{N}_.]+/uy;
const opening = /(?:[rbuf]|br|rb|fr|rf)?('''|"""|'|")/iy;
/** From behind the opening quotes to behind the closing ones. */
const string = {
  "'''": /(?:[^\\']|\\[\s\S]|'(?!''))*'''/y,
  '"""': /(?:[^\\"]|\\[\s\S]|"(?!""))*"""/y,
  "'": /(?:[^\\'\n]|\\[\s\S])*'/y,
  '"': /(?:[^\\"\n]|\\[\s\S])*"/y,
} as const;

/**
 * The tokens of a Python text that is valid, in order and without gaps. A formatted string is one token; one that holds
 * its own quotes (Python 3.12) is not known.
 *
 * @throws Error where a string does not end: the text is no valid Python
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let depth = 0;
  let isEmptyLine = true;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const add = (kind: Token['kind'], length: number): void => {
    tokens.push({ kind, from: at, to: at + length });
    at += length;
    if (kind === 'end') isEmptyLine = true;
    else if (kind === 'code' || kind === 'string') isEmptyLine = false;
  };
  while (at < text.length) {
    const space = match(blank) ?? undefined;
    const end = match(lineEnd);
    const remark = match(comment);
    const quotes = match(opening);
    if (space) add('blank', space[0].length);
    else if (end) add(depth > 0 || isEmptyLine ? 'blank' : 'end', end[0].length);
    else if (remark) add('comment', remark[0].length);
    else if (quotes)
      add('string', quotes[0].length + stringLength(text, at + quotes[0].length, quotes[1] ?? ''));
    else {
      const character = text[at] ?? '';
      if ('([{'.includes(character)) depth++;
      if (')]}'.includes(character)) depth--;
      add('code', match(word)?.[0].length ?? 1);
    }
  }
  return tokens;
}

function stringLength(text: string, at: number, quotes: string): number {
  const pattern = string[quotes as keyof typeof string];
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) throw new Error(`a string does not end: ${text.slice(at - quotes.length, at + 40)}`);
  return found[0].length;
}
