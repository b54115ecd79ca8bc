import { endBefore, type Layer, layerWithin } from '@katib-push/core';
import { claimInput } from '../state/claim-input.ts';
import { freshSymbol, type Shell, type Substituted, type Substitution, subshell } from '../state/shell.ts';
import { makePipe } from '../state/streams.ts';
import { closed } from '../values/encodings.ts';
import { joinValues, sliceValue } from '../values/value.ts';
import { runScript } from './run-script.ts';
import { isReadable, runText } from './run-text.ts';

/** Runs the commands inside a substitution. A process substitution becomes a file named by its symbol. */
export function substitute(part: Substitution, quoted: boolean, shell: Shell): Substituted {
  const symbol = freshSymbol(shell);
  const inner = subshell(shell);
  const pipe = makePipe(shell.uncertain);
  if (part.type === 'ProcessSubstitution' && part.operator === '>') {
    inner.input = { kind: 'unknown', pipe };
    if (part.script && isReadable(part.script, shell)) runScript(part.script, inner);
    if (pipe.readers.length === 0) claimInput('a process substitution', 'none', inner);
    return { symbol: `>${symbol}`, pipe };
  }
  inner.outputs = new Map(inner.outputs).set(1, pipe);
  const decoded = part.type !== 'ProcessSubstitution' && part.text[0] === '`';
  if (decoded) runText(decodeBackquotes(part.pos, part.end, quoted, shell.layer), inner);
  else if (part.script && isReadable(part.script, shell)) runScript(part.script, inner);

  const value = pipe.unknown || !part.script ? undefined : joinValues(pipe.written);
  if (part.type === 'ProcessSubstitution') {
    shell.files.set(
      `\0${symbol}\0`,
      value ? { choices: [value] } : { choices: [], because: 'it is written by a process substitution' },
    );
    return { symbol };
  }
  if (!value || pipe.written.length === 0) return { symbol };
  return { symbol, value: sliceValue(value, 0, endBefore('\n', value.text)) };
}

/** The text between backquotes as the shell reads it before it runs it, without the backslashes: for reading only. */
function decodeBackquotes(from: number, to: number, quoted: boolean, layer: Layer): Layer {
  const builder = layerWithin(layer);
  const escapes = quoted ? /\\[$`\\"]/g : /\\[$`\\]/g;
  let at = from + 1;
  for (const { index, 0: pair } of layer.text.slice(at, to - 1).matchAll(escapes)) {
    const slash = from + 1 + index;
    builder.verbatim(at, slash, closed);
    builder.escaped(slash, slash + 2, pair.slice(1), closed);
    at = slash + 2;
  }
  builder.verbatim(at, to - 1, closed);
  return builder.build('backquotes', 'the text stands between backquotes');
}
