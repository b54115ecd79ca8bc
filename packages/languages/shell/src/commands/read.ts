import { argument } from '../state/call.ts';
import { claimInput } from '../state/claim-input.ts';
import { type Call, setVariable } from '../state/shell.ts';
import { knownText } from '../values/read-value.ts';
import { replaceTokens, type Token } from '../values/replace-tokens.ts';
import { sliceValue, type Value } from '../values/value.ts';

/**
 * `read`: one line of its input, or with `-d ''` all of it, into a variable. Blanks at both ends go unless `IFS` is
 * empty; without `-r`, backslashes are read.
 *
 *     read -r -d '' SCRIPT <<EOM
 *
 *     print(1)
 *     ^ from here       blank lines in front and behind are not part of it
 */
export function readVariable(call: Call): void {
  const { shell } = call;
  claimInput('read', 'none', shell);
  let raw = false;
  let delimiter = '\n';
  const names: string[] = [];
  for (let i = 1; i < call.words.length; i++) {
    const text = argument(call, i) ?? '';
    if (!text.startsWith('-') || text === '-') {
      names.push(text);
      continue;
    }
    if (text.includes('r')) raw = true;
    const letter = text.at(-1) ?? '';
    if ('dpntuaNiOscC'.includes(letter) && letter !== 's') {
      i++;
      if (letter === 'd') delimiter = argument(call, i) ?? '\n';
      if (letter === 'a') names.push('', argument(call, i) ?? '');
    } else if (/^-\w*d./.test(text)) delimiter = text.charAt(text.indexOf('d') + 1);
  }
  const { input } = shell;
  const [name] = names;
  const known = input.kind === 'known' && names.length === 1 && argument(call, 0) === 'read';
  const repeated = shell.loops > 0 && delimiter !== '';
  if (!name || !known || repeated) {
    for (const each of names) if (each) setVariable(shell, each, []);
    return;
  }
  const ifs = shell.variables.get('IFS')?.choices[0];
  const blanks = ifs ? (knownText(ifs) ?? ' \t\n') : ' \t\n';
  setVariable(
    shell,
    name,
    input.choices.map((value) => readOne(value, delimiter, raw, blanks)),
  );
}

/** Where the delimiter stands first; without `-r`, not behind a backslash. */
function endOf(text: string, delimiter: string, raw: boolean): number {
  if (delimiter === '') return -1;
  let at = text.indexOf(delimiter);
  while (!raw && at > 0 && /(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(0, at)))
    at = text.indexOf(delimiter, at + 1);
  return at;
}

function readOne(value: Value, delimiter: string, raw: boolean, blanks: string): Value {
  const ends = endOf(value.text, delimiter, raw);
  const line = sliceValue(value, 0, ends === -1 ? value.text.length : ends);
  const { text } = line;
  let from = 0;
  let to = text.length;
  const isBlank = (at: number): boolean =>
    /[ \t\n]/.test(text.charAt(at)) && blanks.includes(text.charAt(at));
  while (from < to && isBlank(from)) from++;
  while (from < to && isBlank(to - 1)) to--;
  const trimmed = sliceValue(line, from, to);
  const fits = (text: string): boolean => delimiter === '' || !text.includes(delimiter);
  if (raw && delimiter === '') return trimmed;
  if (raw) return replaceTokens(trimmed, [], (inner) => (fits(inner) ? inner : undefined), 'read');
  const tokens: Token[] = [];
  for (const match of trimmed.text.matchAll(/\\([\s\S]?)/g)) {
    const kept = match[1] === '\n' ? '' : (match[1] ?? '');
    tokens.push({ from: match.index, to: match.index + match[0].length, text: kept });
  }
  return replaceTokens(
    trimmed,
    tokens,
    (inner) => (fits(inner) ? inner.replaceAll('\\', '\\\\') : undefined),
    'read',
  );
}
