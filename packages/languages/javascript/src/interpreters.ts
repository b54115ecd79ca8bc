import type { Interpreter } from '@katib-push/core';

const VERSION = '(?:@[\\w.^~-]+)?';

/** https://nodejs.org/api/cli.html */
const NODE_FLAGS: readonly string[] = (
  '-r --require --import --loader --experimental-loader -C --conditions --env-file ' +
  '--env-file-if-exists --input-type --experimental-default-type --title --icu-data-dir ' +
  '--openssl-config --redirect-warnings --disable-warning --diagnostic-dir --report-dir ' +
  '--report-directory --report-filename --cpu-prof-dir --cpu-prof-name --heap-prof-dir ' +
  '--heap-prof-name --unhandled-rejections --dns-result-order --watch-path --localstorage-file ' +
  '--trace-event-categories'
).split(' ');

const NODE_EXITS: readonly string[] =
  '-v --version -h --help -c --check --v8-options --completion-bash --prof-process'.split(' ');

const PRINTS = 'Node prints the value of the last expression by itself';

const node = {
  inlineFlag: '-e',
  otherInlineFlags: ['--eval'],
  inlineRepeats: true,
  flagsNotFollowed: { '-p': PRINTS, '--print': PRINTS, '-pe': PRINTS },
  flagsThatExit: NODE_EXITS,
} as const;

export const interpreters: readonly Interpreter[] = [
  { ...node, command: /^(?:node|nodejs)$/, flagsWithArgument: NODE_FLAGS },
  {
    ...node,
    command: new RegExp(`^tsx${VERSION}$`),
    flagsWithArgument: [...NODE_FLAGS, '--tsconfig'],
    flagsThatExit: ['-v', '--version', '-h', '--help'],
  },
];
