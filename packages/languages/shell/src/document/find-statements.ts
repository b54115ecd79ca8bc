import {
  describeSink,
  type Language,
  type Layer,
  type OutputStatement,
  outermostLayer,
  type ParseOptions,
  type Suppressions,
} from '@katib-push/core';
import type { Echo } from '../state/shell.ts';
import { comesOut, streamOf } from '../state/streams.ts';
import { outputOfShell } from '../unwrap-shell.ts';
import { templateOf } from './template.ts';

/** One statement for each command that writes to the container's output, at least in one of the ways it is run. */
export function findStatements(
  text: string,
  options: ParseOptions,
  language: Language,
  suppressions: Suppressions,
): readonly OutputStatement[] {
  const layer: Layer = { ...outermostLayer(text, 'script', ''), opaque: options.opaque };
  const written = outputOfShell(layer, language, options);
  const byPlace = Map.groupBy(
    written.filter((one) => one.layer === layer),
    ({ range }) => range.from,
  );
  return [...byPlace.values()]
    .flatMap((runs) => statementOf(runs, suppressions))
    .sort((a, b) => a.from - b.from);
}

/** One command, in all its runs. */
function statementOf(runs: readonly Echo[], suppressions: Suppressions): readonly OutputStatement[] {
  const seen = runs.filter(({ output }) => comesOut(output));
  const [echo] = seen;
  if (!echo) return [];
  const template = templateOf(seen.map(({ value }) => value));
  const streams = new Set(seen.map(({ output }) => streamOf(output)));
  const [stream] = streams;
  const { sink, range, callee } = echo;
  return [
    describeSink(
      { sink, kind: 'print', ...(stream && streams.size === 1 ? { stream } : {}) },
      { callee, use: { kind: 'call', whole: range, wrapped: false } },
      { suppressed: suppressions.take(range), template: template && (() => template) },
    ),
  ];
}
