import type { Language } from '@katib-push/core';
import { parse } from 'unbash';
import { parseShell } from './document/parse-shell.ts';
import { comments } from './document/suppressions.ts';
import { sureCommand } from './sure/sure-command.ts';
import { unwrapShell } from './unwrap-shell.ts';

/**
 * The shell as a language: `sh`, `bash`, `dash`, `ash`. It is a host, which finds the programs that a script runs. It has
 * no push client: what it prints itself (`echo`, `printf`) is reported, and not rewritten.
 */
export function createShell(): Language {
  const shell: Language = {
    name: 'shell',
    interpreters: [
      {
        command: /^(?:ba|da|a|rba)?sh$/,
        inlineFlag: '-c',
        inlineIsOperand: true,
        flagsWithArgument: ['-o', '-O', '--rcfile', '--init-file'],
        flagsThatExit: ['--version', '--help'],
      },
    ],
    extensions: ['.sh', '.bash'],
    comments,
    parse: (text, options) => parseShell(text, options, shell),
    host: {
      command: 'sh',
      unwrap: (layer, context) => unwrapShell(layer, context, shell),
      sureCommand,
      syntaxError: (text) => parse(text).errors?.[0]?.message,
    },
  };
  return shell;
}
