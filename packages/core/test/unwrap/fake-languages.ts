import type { Language, SyntaxDocument } from '../../src/index.ts';

function parse(text: string): SyntaxDocument {
  return {
    text,
    statements: () => [],
    modules: () => [],
    reportsItself: () => undefined,
    unreadable: () => [],
    unusedSuppressions: () => [],
    freeName: () => '_katib_push',
    wrap: () => [],
    prelude: () => ({ impossible: 'a stand-in' }),
    edit: () => {
      throw new Error('not used');
    },
    dispose() {},
  };
}

export const fakePython: Language = {
  name: 'python',
  interpreters: [
    {
      command: /^(?:python|python\d(?:\.\d+)?|pypy\d?)$/,
      inlineFlag: '-c',
      moduleFlag: '-m',
      flagsWithArgument: ['-W', '-X', '--check-hash-based-pycs'],
      flagsThatExit: ['-V', '--version', '-h', '--help'],
      flagsThatDropEnvironment: ['-Z'],
    },
  ],
  extensions: ['.py'],
  parse,
};

/** Reads nothing inside its texts; notes what it was asked. */
export const fakeShell: Language = {
  name: 'shell',
  interpreters: [
    {
      command: /^(?:ba|da)?sh$/,
      inlineFlag: '-c',
      inlineIsOperand: true,
      flagsWithArgument: ['-o', '-O', '--rcfile'],
      flagsThatExit: ['--version'],
    },
  ],
  extensions: ['.sh'],
  parse,
};

export const languages: readonly Language[] = [fakePython, fakeShell];
