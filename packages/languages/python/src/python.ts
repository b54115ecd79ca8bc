import type { Language } from '@katib-push/core';
import { pushClient } from './client/client.ts';
import { comments, parseScript } from './document.ts';
import { stringLiteral } from './edits/python-literal.ts';
import { loadGrammar } from './grammar.ts';
import { launchers } from './launchers.ts';

export interface PythonOptions {
  /** The push client's source; default: the file that comes with this package. */
  readonly clientSource?: string;
}

/**
 * Python as a language of katib-push. Loads the grammar once per process.
 *
 * @throws (rejects) if the grammar can't be loaded
 */
export async function createPython(options: PythonOptions = {}): Promise<Language> {
  const grammar = await loadGrammar();
  return {
    name: 'python',
    interpreters: [
      {
        command: /^(?:python(?:3(?:\.\d+)?t?)?|pypy(?:3(?:\.\d+)?)?)$/,
        inlineFlag: '-c',
        moduleFlag: '-m',
        flagsWithArgument: ['-W', '-X', '--check-hash-based-pycs'],
        flagsThatExit: '-V -VV --version -h -? --help --help-env --help-xoptions --help-all'.split(' '),
      },
    ],
    launchers,
    extensions: ['.py'],
    comments,
    literal: stringLiteral,
    client: pushClient(options.clientSource),
    parse: (text, { opaque, role }) => parseScript(grammar, text, opaque, undefined, role === 'main'),
  };
}
