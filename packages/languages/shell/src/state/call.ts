import type { Range } from '@katib-push/core';
import type { Assignment } from 'unbash';
import { knownText, writtenText } from '../values/read-value.ts';
import type { Place } from '../values/to-layer.ts';
import type { Value } from '../values/value.ts';
import type { Shell } from './shell.ts';

/** One simple command, its words expanded and its redirections made. */
export interface Call {
  /** The name and the arguments. */
  readonly words: readonly Value[];
  /** Arguments of the form `NAME=value`, by their index in `words`: `export A=1`. */
  readonly assignments: ReadonlyMap<number, Assignment>;
  /** The whole command in the shell's text. */
  readonly place: Place;
  /** The name, as it is written. */
  readonly name: Range;
  readonly shell: Shell;
}

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

/** The command as written, on one line, shortened to 80 characters. */
export function commandLine(call: Call): string {
  const line = call.words.map(writtenText).join(' ').replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
