import type { Encoding } from '@katib-push/core';
import type { Word, WordPart } from 'unbash';
import type { Shell } from '../state/shell.ts';
import {
  closed,
  doubleQuoted,
  doubleQuotedAfterName,
  singleQuoted,
  unquotedWord,
} from '../values/encodings.ts';
import { emptyValue, joinValues, type Piece, sliceValue, type Value } from '../values/value.ts';
import { readAnsiQuoted } from './ansi-c.ts';
import { expandPart } from './expand-part.ts';
import { finishField } from './finish-field.ts';
import { type LiteralRule, readLiteral } from './literal.ts';
import { substituteWithin } from './substitute-within.ts';

const bare: LiteralRule = { encoding: unquotedWord, afterName: closed, escapable: undefined };
const quotes: LiteralRule = { encoding: doubleQuoted, afterName: doubleQuotedAfterName, escapable: '$`"\\' };

/** The words that one word of a command becomes: none for an unset `$x`, several for `"$@"`. Globs stay as written. */
export function expandWord(word: Word, shell: Shell): readonly Value[] {
  return expand(word, shell, true);
}

/** One word that is not split: the value of an assignment, the target of a redirection. */
export function expandSingle(word: Word, shell: Shell): Value {
  const fields = expand(word, shell, false);
  return fields.length === 0 ? emptyValue : fields.length === 1 ? (fields[0] as Value) : joinValues(fields);
}

function expand(word: Word, shell: Shell, splits: boolean): readonly Value[] {
  const { layer } = shell;
  const fields: Value[] = [];
  let pieces: Piece[] = [];
  let present = false;

  const finish = (): void => {
    if (pieces.length > 0 || present) fields.push(finishField(pieces));
    pieces = [];
    present = false;
  };
  const add = (values: readonly Value[]): void => {
    values.forEach((value, i) => {
      if (i > 0) finish();
      pieces.push(...value.pieces);
      present = true;
    });
  };
  const addUnquoted = (part: WordPart): void => {
    const values = expandPart(part, unquotedWord, false, shell);
    if (!splits) {
      add(values);
      return;
    }
    values.forEach((value, i) => {
      if (i > 0) finish();
      const [piece] = value.pieces;
      const known = piece?.kind === 'expansion' && piece.choices.length === 1 ? piece.choices[0] : undefined;
      if (!known || !/[ \t\n]/.test(known.text)) {
        if (known?.text !== '') add([value]);
        return;
      }
      const parts = splitFields(known);
      if (/^[ \t\n]/.test(known.text)) finish();
      add(parts);
      if (/[ \t\n]$/.test(known.text)) finish();
    });
  };

  if (!word.parts) {
    readLiteral(layer, word.pos, word.end, bare, pieces);
    present = true;
  }
  for (const part of word.parts ?? []) {
    switch (part.type) {
      case 'Glob':
      case 'ExtendedGlob':
        substituteWithin(part, shell);
        readLiteral(layer, part.pos, part.end, bare, pieces);
        break;
      case 'Literal':
        readLiteral(layer, part.pos, part.end, bare, pieces);
        break;
      case 'BraceExpansion':
        if (splits) add(expandPart(part, unquotedWord, false, shell));
        else readLiteral(layer, part.pos, part.end, bare, pieces);
        break;
      case 'SingleQuoted':
        pushVerbatim(shell, part.pos + 1, part.end - 1, singleQuoted, pieces);
        present = true;
        break;
      case 'AnsiCQuoted':
        readAnsiQuoted(layer, part.pos + 2, part.end - 1, pieces);
        present = true;
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        present = part.parts.every((child) => child.type === 'Literal') || present;
        part.parts.forEach((child, i) => {
          const named = part.parts[i - 1]?.type === 'SimpleExpansion';
          if (child.type === 'Literal') readLiteral(layer, child.pos, child.end, quotes, pieces, named);
          else add(expandPart(child, doubleQuotedAfterName, true, shell));
        });
        break;
      default:
        addUnquoted(part);
    }
  }
  finish();
  return fields;
}

function pushVerbatim(shell: Shell, from: number, to: number, encoding: Encoding, into: Piece[]): void {
  if (from < to) into.push({ kind: 'verbatim', layer: shell.layer, from, to, encoding });
}

/** The words of a value, between blanks. */
function splitFields(value: Value): readonly Value[] {
  return [...value.text.matchAll(/[^ \t\n]+/g)].map((match) =>
    sliceValue(value, match.index, match.index + match[0].length),
  );
}
