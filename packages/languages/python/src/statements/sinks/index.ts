import type { Range } from '@katib-push/core';
import { pathsOf } from '../../names/imports.ts';
import type { Script } from '../../syntax/script.ts';
import type { Mention, Sink, SinkFamily } from '../sink.ts';
import { echo, pretty, rich } from './console.ts';
import { abslLogger, logger, recognizeLookedUp } from './logger.ts';
import { print, printMethod } from './print.ts';
import { newBar, progressBar } from './progress-bar.ts';
import { stream } from './stream.ts';
import { traceback } from './traceback.ts';
import { warning } from './warning.ts';

/** All families. A name belongs to the first that lists it and recognizes the mention. */
const FAMILIES: readonly SinkFamily[] = [
  print,
  rich,
  printMethod,
  stream,
  progressBar,
  newBar,
  echo,
  pretty,
  traceback,
  warning,
  abslLogger,
  logger,
];

const BY_NAME: ReadonlyMap<string, readonly SinkFamily[]> = new Map(
  FAMILIES.flatMap((family) => family.names).map((name) => [
    name,
    FAMILIES.filter((family) => family.names.includes(name)),
  ]),
);

/** `print` stands alone; most others only behind a dot. `getattr` looks any of them up. */
const ATTRIBUTES = [...BY_NAME.keys()].filter((name) => name !== 'print').join('|');
const NAMES = new RegExp(`\\b(print|(?<!\\.)getattr)\\b|\\.[\\s\\\\]*(${ATTRIBUTES})\\b`, 'g');

/** The families' own names, by which imports bind others: `from click import echo as say`. */
const IMPORTED = new RegExp(`\\.(?:print|${ATTRIBUTES})$`);

/** Where names of sinks stand in a text: some of them are in strings, comments and other names' places. */
export function* scanForSinks(script: Script): Iterable<Range> {
  for (const { index, 0: found, 1: alone, 2: attribute = '' } of script.text.matchAll(NAMES)) {
    const to = index + found.length;
    yield { from: to - (alone ?? attribute).length, to };
  }
  const names = [...pathsOf(script)].flatMap(([name, path]) =>
    name !== 'print' && IMPORTED.test(path) ? [name] : [],
  );
  if (names.length === 0) return;
  for (const match of script.text.matchAll(new RegExp(`(?<![\\w$.])(?:${names.join('|')})\\b`, 'g')))
    yield { from: match.index, to: match.index + match[0].length };
}

/** What the families say of a mention; `undefined` if it is none of theirs. */
export function recognizeSink(mention: Mention): Sink | undefined {
  const { callee, path, receiver, word } = mention;
  if (word === '') return recognizeLookedUp(mention);
  // an import's alias goes by the name that it stands for
  const known =
    !receiver && callee === mention.name && path !== undefined ? path.slice(path.lastIndexOf('.') + 1) : word;
  for (const family of BY_NAME.get(known) ?? []) {
    const sink = family.recognize(mention);
    if (sink) return sink;
  }
  return undefined;
}
