import {
  type InterpreterCall,
  type Language,
  type Layer,
  type OutputStatement,
  outermostLayer,
  type ParseOptions,
  type Suppressions,
} from '@katib-push/core';
import { clientName } from '../commands/client.ts';
import { traced } from '../commands/watch.ts';
import { outputOfShell } from '../unwrap-shell.ts';
import type { Value } from '../values/value.ts';
import type { Echo, Written } from '../walk/shell.ts';
import { comesOut, fateOf, streamOf } from '../walk/streams.ts';
import { hindranceOfLine, isWhole, linesOf } from './output-line.ts';

import { templateOf } from './template.ts';

/** One statement for each command that writes to the container's output, at least in one of the ways it is run. */
export function findStatements(
  text: string,
  options: ParseOptions,
  language: Language,
  suppressions: Suppressions,
): readonly OutputStatement[] {
  const layer: Layer = { ...outermostLayer(text, 'script', ''), opaque: options.opaque };
  const { written, watches } = outputOfShell(layer, language, options);
  const watched = hindranceOfShell(options.interpreter) ?? watches[0]?.reason;
  const lines = linesOf(written);
  const byPlace = new Map<number, number[]>();
  written.forEach((one, index) => {
    if (one.kind !== 'echo' || one.layer !== layer) return;
    const runs = byPlace.get(one.range.from);
    if (runs) runs.push(index);
    else byPlace.set(one.range.from, [index]);
  });
  return [...byPlace.values()]
    .flatMap((runs) => statementOf(runs, { text, written, lines, watched, suppressions }))
    .sort((a, b) => a.from - b.from);
}

/** What a walk over the text has found. */
interface Walked {
  readonly text: string;
  readonly written: readonly Written[];
  readonly lines: ReadonlyMap<number, Value>;
  readonly watched: string | undefined;
  readonly suppressions: Suppressions;
}

function statementOf(
  runs: readonly number[],
  { text, written, lines, watched, suppressions }: Walked,
): readonly OutputStatement[] {
  const echoes = runs.map((index) => written[index] as Echo);
  const seen = echoes.filter(({ output }) => comesOut(output));
  const [echo] = seen;
  if (!echo) return [];
  const template = templateOf(
    runs.filter((index) => comesOut((written[index] as Echo).output)).map((index) => lines.get(index)),
  );
  const streams = new Set(seen.map(({ output }) => streamOf(output)));
  const [stream] = streams;
  const cannot =
    watched ??
    (/BASH_COMMAND/.test(text.slice(echo.range.from, echo.range.to))
      ? 'it shows the command that is run'
      : undefined) ??
    (seen.length < echoes.length ? 'some of what it writes is captured or goes to a file' : undefined) ??
    hindranceOf(echo) ??
    seen.map(({ output }) => fateOf(output)).find(({ fate }) => fate !== 'container')?.why ??
    (seen.every(isWhole) ? undefined : hindranceOfLine(runs, written));
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
      ...(cannot ? { cannot } : {}),
      ...(suppressed ? { suppressed } : {}),
      wrapped: echo.through[0] === clientName,
    },
  ];
}

function hindranceOfShell(interpreter: InterpreterCall | undefined): string | undefined {
  if (interpreter?.flags.some((flag) => /^(?:-[xv]|--verbose)$/.test(flag))) return traced;
  return interpreter?.command === 'rbash' ? 'a restricted shell allows no redirection' : undefined;
}

/** Whether the command itself can be run through the client. */
function hindranceOf({ sink, through, uncalled }: Echo): string | undefined {
  if (uncalled) return 'it is in a function that nothing in this text calls';
  if (sink !== 'echo' && sink !== 'printf') return `${sink} prints text that it reads`;
  const front = through.find((name) => !['command', 'builtin', clientName].includes(name));
  return front && `it is run by ${front}`;
}
