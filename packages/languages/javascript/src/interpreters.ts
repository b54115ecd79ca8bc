import type { Interpreter, Language } from '@katib-push/core';

/** Why statements are only reported that these run. */
export const REASONS = {
  bun: 'bun writes what the console prints past process.stdout, where the client reads',
  deno: 'deno writes what the console prints past process.stdout, where the client reads',
  'ts-node': 'ts-node checks types, and what would be inserted has none',
} as const;

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

const PRINTS = 'the value of the last expression is printed by the interpreter itself';

/** @param reported what the programs of an interpreter count as in which the client can't work */
export function interpretersOf(
  reported: Readonly<Record<keyof typeof REASONS, Language>>,
): readonly Interpreter[] {
  const inline = {
    inlineFlag: '-e',
    otherInlineFlags: ['--eval'],
    inlineRepeats: true,
    flagsNotFollowed: { '-p': PRINTS, '--print': PRINTS, '-pe': PRINTS },
  } as const;
  const node = { ...inline, flagsThatExit: NODE_EXITS };
  return [
    { ...node, command: /^(?:node|nodejs)$/, flagsWithArgument: NODE_FLAGS },
    {
      ...node,
      command: new RegExp(`^tsx${VERSION}$`),
      flagsWithArgument: [...NODE_FLAGS, '--tsconfig'],
      flagsThatExit: ['-v', '--version', '-h', '--help'],
    },
    {
      ...inline,
      command: new RegExp(`^(?:ts-node(?:-esm|-script|-transpile-only|-cwd)?|ts-node-dev)${VERSION}$`),
      flagsWithArgument:
        '-P --project -O --compilerOptions -C --compiler -I --ignore -D -r --require --cwd'.split(' '),
      flagsThatExit: ['-v', '--version', '-vv', '-h', '--help', '--showConfig'],
      language: reported['ts-node'],
    },
    {
      ...inline,
      command: /^bun$/,
      subcommands: { run: 'file' },
      flagsWithArgument:
        '-r --preload --cwd -c --config --env-file --tsconfig-override -d --define --conditions'.split(' '),
      flagsThatExit: ['-v', '--version', '--revision', '-h', '--help'],
      language: reported.bun,
    },
    {
      command: /^deno$/,
      subcommands: { run: 'file', eval: 'inline' },
      flagsWithArgument: '-c --config --import-map -L --log-level --location --seed --ext --cert'.split(' '),
      flagsThatExit: ['-V', '--version', '-h', '--help'],
      language: reported.deno,
    },
  ];
}
