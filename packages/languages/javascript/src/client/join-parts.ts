import { readFileSync } from 'node:fs';
import { parse } from '@babel/parser';
import type { ClientNeeds } from '@katib-push/core';
import { withoutComments } from './without-comments.ts';

/** The files of `client/parts` that every trial is given, in any order: they hold functions alone. */
const COMMON = [
  'account',
  'channel',
  'clock',
  'db-manager',
  'default-filter',
  'delivery',
  'marks',
  'message',
  'queue',
  'ranks',
  'sender',
  'settings',
  'spill',
  'start',
  'taps',
  'threads',
  'value-rule',
  'wait-for',
  'work',
];

const HEAD = `'use strict';
/** katib-push client: pushes the metrics that a Katib trial prints to Katib's DB manager. */
`;

/**
 * The client as one trial is given it: the body of a function of `katib_push_into`. Of each part's file the functions are
 * taken as they stand, without comments; how parts are handed to one another is written behind them.
 */
export function joinParts(needs: ClientNeeds): string {
  const names = [
    ...COMMON,
    ...(needs.customFilters ? ['custom-filters'] : []),
    ...(needs.tls ? ['tls'] : []),
  ];
  const parts = names.map(readPart);
  const exported = parts.flatMap((part) => part.exported);
  return [
    HEAD,
    ...parts.map(({ text }) => text),
    `const parts = { ${exported.join(', ')} };`,
    'bindClient(parts, katib_push_into);\n',
  ].join('\n');
}

interface Part {
  /** Its functions, without comments. */
  readonly text: string;
  /** The names in `module.exports`. */
  readonly exported: readonly string[];
}

function readPart(name: string): Part {
  const source = readFileSync(new URL(`../../client/parts/${name}.js`, import.meta.url), 'utf8');
  const { program, comments } = parse(source, { attachComment: false });
  const functions = program.body.filter(({ type }) => type === 'FunctionDeclaration');
  const exports = program.body.filter(({ type }) => type !== 'FunctionDeclaration');
  const [statement] = exports;
  if (statement === undefined || exports.length > 1)
    throw new Error(`${name}.js must hold functions and one assignment of module.exports, nothing else`);
  const list = /^module\.exports = \{ (.*) \};$/.exec(source.slice(statement.start ?? 0, statement.end ?? 0));
  if (list === null) throw new Error(`${name}.js must end with module.exports = { its functions };`);
  const [first] = functions;
  const body = { from: first?.start ?? 0, to: statement.start ?? 0 };
  const inside = (comments ?? [])
    .map(({ start, end }) => ({ from: start ?? 0, to: end ?? 0 }))
    .filter(({ from, to }) => from >= body.from && to <= body.to);
  return { text: withoutComments(source, body, inside), exported: (list[1] ?? '').split(', ') };
}
