import type { Language } from '@katib-push/core';
import { parse } from 'unbash';
import { pushClient } from './client.ts';
import { parseShell } from './document/parse-shell.ts';
import { comments } from './document/suppressions.ts';
import { sureCommand } from './sure/sure-command.ts';
import { unwrapShell } from './unwrap-shell.ts';

export interface ShellOptions {
  /** The push client's source; default: the one in this package. */
  readonly clientSource?: string;
}

/**
 * The shell as a language: `sh`, `bash`, `dash`, `ash`. It is a host, which finds the programs that a script runs; and
 * a language of its own, whose output statements are `echo` and `printf`.
 */
export function createShell(options: ShellOptions = {}): Language {
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
    literal: (text) => `'${text.replaceAll("'", "'\\''")}'`,
    parse: (text, options) => parseShell(text, options, shell),
    client: pushClient(options.clientSource),
    host: {
      command: 'sh',
      unwrap: (layer, context) => unwrapShell(layer, context, shell),
      sureCommand,
      syntaxError: (text) => parse(text).errors?.[0]?.message,
    },
  };
  return shell;
}
