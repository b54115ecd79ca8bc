import type { Language } from '@katib-push/core';
import { parseShell } from './document/parse-shell.ts';
import { unwrapShell } from './unwrap-shell.ts';

/**
 * The shell as a language: `sh`, `bash`, `dash`, `ash`. It is a host, which finds the programs that a script runs; what
 * the script itself writes (`echo`, `printf`) is reported and not rewritten.
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
    parse: (text, options) => parseShell(text, options, shell),
    host: { unwrap: (layer, context) => unwrapShell(layer, context, shell) },
  };
  return shell;
}
