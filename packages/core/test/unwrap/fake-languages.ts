import { emptyDocument, type Language, type SyntaxDocument, takes } from '../../src/index.ts';

function parse(text: string): SyntaxDocument {
  return emptyDocument(text, 'a stand-in', parse);
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
  launchers: [
    {
      names: ['launch', '-m launching'],
      flags: takes('--at'),
      runs: 'program',
      commandFlags: ['--any'],
    },
    { names: ['project'], subcommand: ['run'], runs: 'either' },
    { names: ['hub'], runs: 'nothing', because: 'it runs in another place' },
  ],
  extensions: ['.py'],
  comments: { line: '#' },
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
  comments: { line: '#' },
  host: {
    command: 'sh',
    unwrap: () => [],
    sureCommand: () => ({ hindrance: 'none' }),
    syntaxError: () => undefined,
  },
  parse,
};

export const fakeScript: Language = {
  name: 'script',
  interpreters: [
    {
      command: /^node$/,
      inlineFlag: '-e',
      otherInlineFlags: ['--eval'],
      flagsNotFollowed: { '-p': 'it prints a value', '-pe': 'it prints a value' },
      flagsWithArgument: ['-r', '--import'],
    },
    {
      command: /^runner$/,
      filesByEnding: true,
      flagsWithArgument: ['-c'],
    },
    { command: /^joiner$/, inlineFlag: '-e', inlineRepeats: true, flagsWithArgument: [] },
  ],
  extensions: ['.js', '.ts'],
  comments: { line: '//' },
  parse,
};

export const languages: readonly Language[] = [fakePython, fakeShell, fakeScript];
