import type { Encoding, Layer } from '@katib-push/core';
import type { Piece } from '../values/value.ts';

/** How literal text is read in one context. */
export interface LiteralRule {
  readonly encoding: Encoding;
  /** Right behind `$name` and behind a lone `$`. */
  readonly afterName: Encoding;
  /** Characters that a backslash makes literal; `undefined` for all (outside of quotes). */
  readonly escapable: string | undefined;
}

const interesting = /[\\$]/g;

/**
 * Literal text of a word or a heredoc, its backslashes read.
 *
 *     a\"b\nc     a, \" for ", b, \n as it is, c
 *
 * A backslash or dollar that means itself is one stretch with the character behind it, so that nothing is inserted
 * between them.
 *
 * @param afterName whether the text stands right behind `$name`
 */
export function readLiteral(
  layer: Layer,
  from: number,
  to: number,
  rule: LiteralRule,
  into: Piece[],
  afterName = false,
): void {
  const { text } = layer;
  let at = from;
  const keep = (end: number): void => {
    if (at < end) into.push({ kind: 'verbatim', layer, from: at, to: end, encoding: rule.encoding });
    at = end;
  };
  const take = (end: number, value: string, encoding: Encoding): void => {
    if (value !== '') into.push({ kind: 'escaped', layer, from: at, to: end, text: value, encoding });
    at = end;
  };
  if (afterName && from < to && text[from] !== '\\' && text[from] !== '$') {
    const end = from + unitLength(text, from);
    take(end, text.slice(from, end), rule.afterName);
  }
  interesting.lastIndex = at;
  for (let match = interesting.exec(text); match && match.index < to; match = interesting.exec(text)) {
    keep(match.index);
    const next = at + 1;
    if (next >= to) take(next, text.slice(at, next), rule.afterName);
    else if (text[at] === '$') {
      const end = text[next] === '\\' ? next : next + unitLength(text, next);
      take(end, text.slice(at, end), end === next ? rule.afterName : rule.encoding);
    } else if (text[next] === '\n') at += 2;
    else {
      const end = next + unitLength(text, next);
      const escaped = rule.escapable === undefined || rule.escapable.includes(text.slice(next, end));
      take(end, text.slice(escaped ? next : at, end), rule.encoding);
    }
    interesting.lastIndex = at;
  }
  keep(to);
}

/** 2 for a surrogate pair, else 1. */
function unitLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const low = text.charCodeAt(at + 1);
  return code >= 0xd800 && code < 0xdc00 && low >= 0xdc00 && low < 0xe000 ? 2 : 1;
}
