import { emptyDocument, type Language, takes } from '@katib-push/core';

/** A stand-in for a language with an interpreter: it has three launchers, and finds `import NAME` lines and nothing else. */
export const fakePython: Language = {
  name: 'python',
  interpreters: [
    {
      command: /^(?:python|python\d(?:\.\d+)?|pypy\d?)$/,
      inlineFlag: '-c',
      moduleFlag: '-m',
      flagsWithArgument: ['-W', '-X', '--check-hash-based-pycs'],
      flagsThatExit: ['-V', '--version', '-h', '--help'],
    },
  ],
  launchers: [
    { names: ['torchrun'], flags: takes('--nnodes'), runs: 'program' },
    { names: ['accelerate'], subcommand: ['launch'], flags: takes('--num-processes'), runs: 'program' },
    { names: ['uv'], subcommand: ['run'], flags: takes('--with'), runs: 'either' },
  ],
  extensions: ['.py'],
  comments: { line: '#' },
  parse: (text) => ({
    ...emptyDocument(text, 'a stand-in', (after) => fakePython.parse(after, { opaque: [] })),
    modules: () => [...text.matchAll(/^import (\w+)$/gm)].map((match) => `${match[1]}.py`),
  }),
};
