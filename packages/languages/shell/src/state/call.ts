import { knownText, oneLine, writtenText } from '../values/read-value.ts';
import type { Value } from '../values/value.ts';
import type { Call } from './shell.ts';

/** An argument's text; absent if it is known only at run time or isn't there. */
export function argument(call: Call, index: number): string | undefined {
  const value = call.words[index];
  return value && knownText(value);
}

/** The arguments from `start` on that are no flags. */
export function operands(call: Call, start = 1, withArgument = ''): readonly Value[] {
  const found: Value[] = [];
  for (let i = start; i < call.words.length; i++) {
    const text = argument(call, i) ?? '';
    if (text === '--') return [...found, ...call.words.slice(i + 1)];
    if (text.length > 1 && text.startsWith('-')) {
      if (text.length === 2 && withArgument.includes(text.charAt(1))) i++;
      continue;
    }
    found.push(call.words[i] as Value);
  }
  return found;
}

/** The command as written. */
export function commandLine(call: Call): string {
  return oneLine(call.words.map(writtenText).join(' '));
}
