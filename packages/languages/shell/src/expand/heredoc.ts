import type { HereDoc } from 'unbash';
import type { Shell } from '../state/shell.ts';
import { heredocEncodings } from '../values/encodings.ts';
import type { Piece, Value } from '../values/value.ts';
import { expandPart } from './expand-part.ts';
import { finishField } from './finish-field.ts';
import { type LiteralRule, readLiteral } from './literal.ts';

/**
 * The text that a heredoc hands on.
 *
 *     cat <<-EOF
 *     →→a $x \$5          a ?? $5        tabs at the start of lines go, `$x` is filled in, `\$` is `$`
 *     →EOF
 */
export function expandHeredoc(heredoc: HereDoc, shell: Shell): Value {
  const { delimiter, body } = heredoc;
  const stripsTabs = heredoc.operator === '<<-';
  const quoted = delimiter?.quoted ?? false;
  const encodings = heredocEncodings(delimiter?.value ?? '', quoted, stripsTabs);
  const { layer } = shell;
  const pieces: Piece[] = [];
  const lines = (from: number, to: number, read: (from: number, to: number) => void): void => {
    if (!stripsTabs) {
      read(from, to);
      return;
    }
    withoutTabs(layer.text, body.pos, from, to, quoted, (start, end) => {
      for (const { index, 0: run } of layer.text.slice(start, end).matchAll(/\t+|[^\t]+/g)) {
        const at = start + index;
        if (run[0] !== '\t') read(at, at + run.length);
        else {
          const encoding = encodings.beforeTab;
          pieces.push({ kind: 'escaped', layer, from: at, to: at + run.length, text: run, encoding });
        }
      }
    });
  };

  if (quoted) {
    lines(body.pos, body.end, (from, to) => {
      if (from < to) pieces.push({ kind: 'verbatim', layer, from, to, encoding: encodings.text });
    });
    return finishField(pieces);
  }
  const rule: LiteralRule = { encoding: encodings.text, afterName: encodings.afterName, escapable: '$`\\' };
  let named = false;
  const literal = (from: number, to: number): void => {
    lines(from, to, (start, end) => {
      readLiteral(layer, start, end, rule, pieces, named);
      named = false;
    });
  };
  if (!body.parts) literal(body.pos, body.end);
  for (const part of body.parts ?? []) {
    if (part.type === 'Literal') literal(part.pos, part.end);
    else {
      for (const value of expandPart(part, encodings.afterName, true, shell)) pieces.push(...value.pieces);
      named = part.type === 'SimpleExpansion';
    }
  }
  return finishField(pieces);
}

/**
 * Reads `[from, to)` without the tabs that begin lines. In an unquoted heredoc a line that a backslash joins to the one
 * before is no line of its own.
 */
function withoutTabs(
  text: string,
  bodyFrom: number,
  from: number,
  to: number,
  quoted: boolean,
  read: (from: number, to: number) => void,
): void {
  let at = from;
  const isStart = (position: number): boolean => {
    if (position === bodyFrom) return true;
    if (text[position - 1] !== '\n') return false;
    if (quoted) return true;
    let slashes = 0;
    while (text[position - 2 - slashes] === '\\') slashes++;
    return slashes % 2 === 0;
  };
  while (at < to) {
    if (isStart(at)) while (at < to && text[at] === '\t') at++;
    let next = text.indexOf('\n\t', at);
    while (next !== -1 && next < to && !isStart(next + 1)) next = text.indexOf('\n\t', next + 1);
    const end = next === -1 || next >= to ? to : next + 1;
    read(at, end);
    at = end;
  }
}
