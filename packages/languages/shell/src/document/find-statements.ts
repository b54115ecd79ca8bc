import {
  type Language,
  type Layer,
  type OutputStatement,
  outermostLayer,
  type ParseOptions,
  type Suppressions,
} from '@katib-push/core';
import { outputOfShell } from '../unwrap-shell.ts';
import type { Value } from '../values/value.ts';
import type { Echo } from '../walk/shell.ts';
import { comesOut, streamOf } from '../walk/streams.ts';
import { linesOf } from './output-line.ts';
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
  const lines = linesOf(written);
  const byPlace = new Map<number, number[]>();
  written.forEach((one, index) => {
    if (one.layer !== layer) return;
    const runs = byPlace.get(one.range.from);
    if (runs) runs.push(index);
    else byPlace.set(one.range.from, [index]);
  });
  return [...byPlace.values()]
    .flatMap((runs) => statementOf(runs, { written, lines, suppressions }))
    .sort((a, b) => a.from - b.from);
}

/** What a walk over the text has found. */
interface Walked {
  readonly written: readonly Echo[];
  readonly lines: ReadonlyMap<number, Value>;
  readonly suppressions: Suppressions;
}

function statementOf(
  runs: readonly number[],
  { written, lines, suppressions }: Walked,
): readonly OutputStatement[] {
  const echoes = runs.flatMap((index) => written[index] ?? []);
  const seen = echoes.filter(({ output }) => comesOut(output));
  const [echo] = seen;
  if (!echo) return [];
  const template = templateOf(
    runs.filter((index) => comesOut((written[index] as Echo).output)).map((index) => lines.get(index)),
  );
  const streams = new Set(seen.map(({ output }) => streamOf(output)));
  const [stream] = streams;
  const suppressed = suppressions.take(echo.range);
  return [
    {
      ...echo.range,
      callee: echo.callee,
      use: 'call',
      sink: echo.sink,
      kind: 'print',
      ...(stream && streams.size === 1 ? { stream } : {}),
      ...(template ? { template } : {}),
      ...(suppressed ? { suppressed } : {}),
      wrapped: false,
    },
  ];
}
