import { readEscape } from '../expand/ansi-c.ts';
import { argument } from '../state/call.ts';
import type { Call, Dialect } from '../state/shell.ts';
import { show } from '../state/write.ts';
import { replaceTokens, type Token } from '../values/replace-tokens.ts';
import { addedValue, joinValues, joinWords, readOnlyValue, type Value } from '../values/value.ts';

/**
 * `echo`: its words, a blank between them, a newline at the end. Shells differ:
 *
 *                     bash      dash      sh
 *     echo 'a\nb'     a\nb      2 lines   either
 *     echo -e 'a'     a         -e a      either
 */
export function runEcho(call: Call): void {
  const { dialect } = call.shell;
  let start = 1;
  let newline = true;
  let escapes = dialect === 'dash';
  let doubtful = false;
  for (; ; start++) {
    const flag = argument(call, start);
    if (flag === undefined || !(dialect === 'dash' ? flag === '-n' : /^-[neE]+$/.test(flag))) break;
    for (const letter of flag.slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
    if (dialect === 'unknown' && flag !== '-n') doubtful = true;
  }
  const words = joinWords(call.words.slice(start));
  const text = readEscapes(words, escapes, dialect, doubtful);
  const cut = escapes && escapeTokens(words.text, dialect).some(({ from }) => words.text[from + 1] === 'c');
  show(call, 'echo', newline && !cut ? joinValues([text, addedValue('\n')]) : text);
}

function readEscapes(value: Value, escapes: boolean, dialect: Dialect, doubtful: boolean): Value {
  const double = (text: string): string => text.replaceAll('\\', '\\\\');
  const read = escapes ? replaceTokens(value, escapeTokens(value.text, dialect), double, 'echo') : value;
  if (doubtful || (dialect === 'unknown' && !escapes && value.text.includes('\\')))
    return readOnlyValue(read, 'what echo writes depends on whether sh is dash or bash');
  if (escapes) return read;
  // Text with a backslash would make it depend on the shell.
  if (dialect === 'unknown')
    return replaceTokens(value, [], (text) => (text.includes('\\') ? undefined : text), 'echo');
  return value;
}

/** The escapes of `echo -e` and `printf '%b'`. Octal numbers begin with `\0`. */
export function escapeTokens(text: string, dialect: Dialect): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', at)) {
    const next = text.charAt(at + 1);
    const octal = /^\\0[0-7]{1,3}/.exec(text.slice(at, at + 5))?.[0];
    if (next === 'c') {
      tokens.push({ from: at, to: text.length, text: '' });
      break;
    }
    if (octal) {
      tokens.push({
        from: at,
        to: at + octal.length,
        text: String.fromCharCode(Number.parseInt(octal.slice(2), 8) & 0xff),
      });
      at += octal.length;
    } else if (next === '\\' || 'abfnrtv'.includes(next) || (dialect !== 'dash' && 'eExuU'.includes(next))) {
      const { end, value } = next === '' ? { end: at + 1, value: '\\' } : readEscape(text, at, text.length);
      tokens.push({ from: at, to: end, text: value });
      at = end;
    } else {
      // It stays as it is, with nothing between the two.
      const to = Math.min(at + 2, text.length);
      tokens.push({ from: at, to, text: text.slice(at, to) });
      at = to;
    }
  }
  return tokens;
}
