import { concatenate, holeNamed, literal, type TemplatePart } from '@katib-push/core';
import { whyElsewhere, whyReplaced } from '../../facts/doubts.ts';
import { isConsole, isMadeConsole } from '../../names/holder.ts';
import type { Script } from '../../syntax/script.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { renderFormat } from '../../templates/format.ts';
import type { Sink, SinkFamily } from '../sink.ts';

type Render = (script: Script, args: readonly Syntax[]) => readonly TemplatePart[];

interface Method {
  readonly stream: 'stdout' | 'stderr';
  readonly render?: Render;
  readonly cannot?: string;
}

const END = literal('\n');
const line: Render = (script, args) => concatenate(renderFormat(script, args), END);
const prints = {
  stdout: { stream: 'stdout', render: line },
  stderr: { stream: 'stderr', render: line },
} as const;

/** https://nodejs.org/api/console.html */
export const METHODS: Readonly<Record<string, Method>> = {
  log: prints.stdout,
  info: prints.stdout,
  debug: prints.stdout,
  dirxml: prints.stdout,
  group: prints.stdout,
  groupCollapsed: prints.stdout,
  warn: prints.stderr,
  error: prints.stderr,
  table: { stream: 'stdout' },
  dir: { stream: 'stdout' },
  count: { stream: 'stdout' },
  timeEnd: { stream: 'stdout' },
  timeLog: { stream: 'stdout' },
  assert: { stream: 'stderr' },
  trace: {
    stream: 'stderr',
    render: (script, args) =>
      concatenate(literal(args.length > 0 ? 'Trace: ' : 'Trace'), line(script, args), holeNamed('…')),
    cannot: 'console.trace prints the call stack, of which the client would be part',
  },
};

/** `console`, however it is obtained, and consoles that the script makes. */
export const console: SinkFamily = {
  names: Object.keys(METHODS),
  recognize({ script, word, origin }): Sink | undefined {
    const method = METHODS[word];
    if (!method || !isConsole(origin)) return undefined;
    const { stream, cannot, render } = method;
    const made = isMadeConsole(origin);
    return {
      sink: `console.${word}`,
      kind: 'print',
      ...(made ? {} : { stream }),
      doubtful: () => (made ? whyElsewhere(script) : whyReplaced(script, `console.${word}`, stream)),
      ...(cannot ? { cannot } : {}),
      ...(render ? { render: (args) => render(script, args) } : {}),
    };
  },
};
