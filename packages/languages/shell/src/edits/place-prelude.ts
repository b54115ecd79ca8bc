import type { Prelude, PreludeOptions } from '@katib-push/core';
import type { ParsedScript } from 'unbash';
import {
  clientName,
  preludeAt,
  preludeText,
  preludeTextKeeping,
  preludeTextWithin,
} from '../commands/client.ts';

/**
 * The client's function is bound in front of the first command, on its line: behind the shebang and comments.
 *
 *     #!/bin/sh
 *     _katib_push(){ "$@"; };…;_katib_push;set -e
 *     ^
 *
 * @param isRunning whether the shell that gets the text may have bound the function
 */
export function placePrelude(
  text: string,
  script: ParsedScript,
  { delivery }: PreludeOptions,
  isRunning: boolean,
): Prelude {
  const [first] = script.commands;
  if (!first) return { impossible: 'the text holds no command' };
  const at = first.pos;
  if (preludeAt(text, at) > 0) return insertion(at, '', 'is there already');
  if (text.includes(clientName)) return { impossible: `the script uses the name ${clientName} itself` };
  if (delivery.kind === 'inline')
    return {
      impossible: 'something in front may drop the environment, which brings the push client for shell',
    };
  if (delivery.kind === 'image')
    return { impossible: 'the push client for shell comes by the environment, not in the image' };
  // Of an and-or list only the first pipeline may read what was before the list.
  const { command } = first;
  const read = text.slice(at, (command.type === 'AndOr' ? command.commands[0] : command)?.end);
  if (/\$_\b|\$\{_\b|PIPESTATUS/.test(read))
    return { impossible: 'the first command reads what the one before has left' };
  return insertion(at, preludeFor(read, isRunning), 'in front of the first command');
}

/** The client's commands leave a status of 0, as a shell has it at its start. */
function preludeFor(read: string, isRunning: boolean): string {
  if (!isRunning) return preludeText;
  return /\$\?|\$\{\?/.test(read) ? preludeTextKeeping : preludeTextWithin;
}

function insertion(at: number, insert: string, where: string): Prelude {
  const edit = { from: at, to: at, insert, safety: 'safe', reason: `binds the client ${where}` } as const;
  return { edit, addsLine: false };
}
