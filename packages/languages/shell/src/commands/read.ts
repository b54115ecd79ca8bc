import { endBefore } from '@katib-push/core';
import { argument } from '../state/call.ts';
import { claimInput } from '../state/claim-input.ts';
import { type Call, setVariable } from '../state/shell.ts';
import { knownText } from '../values/read-value.ts';
import { replaceTokens } from '../values/replace-tokens.ts';
import { sliceValue, type Value } from '../values/value.ts';

/**
 * `read -d ''`: all of its input, into a variable. Blanks at both ends go unless `IFS` is empty; without `-r`, backslashes
 * are read. What it reads of lines is unknown.
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
  let readsAll = false;
  const names: string[] = [];
  for (let i = 1; i < call.words.length; i++) {
    const text = argument(call, i) ?? '';
    if (!text.startsWith('-')) {
      names.push(text);
      continue;
    }
    if (text.includes('r')) raw = true;
    if (!/[dpntuaNiOcC]$/.test(text)) continue;
    i++;
    if (text.endsWith('d')) readsAll = argument(call, i) === '';
    if (text.endsWith('a')) names.push('', argument(call, i) ?? '');
  }
  const { input } = shell;
  const isKnown = input.kind === 'known' && readsAll && names.length === 1 && argument(call, 0) === 'read';
  const ifs = shell.variables.get('IFS')?.choices[0];
  const keepsBlanks = ifs !== undefined && knownText(ifs) === '';
  const values = isKnown ? input.choices.map((value) => readAll(value, raw, keepsBlanks)) : [];
  for (const name of names) if (name) setVariable(shell, name, values);
}

function readAll(value: Value, raw: boolean, keepsBlanks: boolean): Value {
  const { text } = value;
  const from = keepsBlanks ? 0 : text.search(/[^ \t\n]|$/);
  const to = keepsBlanks ? text.length : endBefore(' \t\n', text, from);
  const trimmed = sliceValue(value, from, to);
  if (raw) return trimmed;
  const escapes = [...trimmed.text.matchAll(/\\([\s\S]?)/g)].map(({ index, 0: pair, 1: kept }) => ({
    from: index,
    to: index + pair.length,
    text: kept === '\n' ? '' : (kept ?? ''),
  }));
  return replaceTokens(trimmed, escapes, (inner) => inner.replaceAll('\\', '\\\\'), 'read');
}
