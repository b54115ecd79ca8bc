import type { Range } from '../layers/range.ts';
import type { Template, TemplatePart } from '../templates/template.ts';
import type { OutputStatement } from './language.ts';
import { once } from './once.ts';

/** What a language knows of one sink where its name stands. `Arguments` is how it hands on those of a call. */
export interface Sink<Arguments> {
  readonly sink: string;
  readonly kind: OutputStatement['kind'];
  /** The stream that it writes to; absent where that is known only at run time. */
  readonly stream?: 'stdout' | 'stderr';
  /** Why the client can't read what it writes, or it can't be wrapped; absent if it can. */
  readonly cannot?: string;
  /** Why what it writes is never shown; `undefined` where it may be. */
  readonly hidden?: () => string | undefined;
  /** Why it can't be told whether what it writes is shown; `undefined` where it is. */
  readonly doubtful?: () => string | undefined;
  /** Whether it may be wrapped where it is stored or passed on; default: as the language has it. */
  readonly asValue?: boolean;
  /** What it writes; absent if nothing is known. Asked for calls only. */
  readonly render?: (given: Arguments) => readonly TemplatePart[];
}

/** One kind of sinks: the names that it looks out for, and how it tells whether a mention is one of them. */
export interface SinkFamily<Mention, Arguments> {
  readonly names: readonly string[];
  /** `undefined`: the name means something else here. */
  recognize(mention: Mention): Sink<Arguments> | undefined;
}

/** Where a sink's name stands. */
export interface SinkUse {
  readonly callee: Range;
  readonly use: { readonly kind: 'call' | 'value'; readonly whole: Range; readonly wrapped: boolean };
}

/** What else is known of the statement: see the fields of {@link OutputStatement}. */
export interface Known {
  readonly never?: string | undefined;
  readonly cannot?: string | undefined;
  readonly suppressed?: OutputStatement['suppressed'] | undefined;
  /** Found when it is first asked for: who only checks for what is left unwrapped needs none. */
  readonly hidden?: (() => string | undefined) | undefined;
  /** The same. */
  readonly doubtful?: (() => string | undefined) | undefined;
  /** The same. */
  readonly template?: (() => Template) | undefined;
}

/** The output statement that a sink is in one place. */
export function describeSink(
  { sink, kind, stream }: Omit<Sink<never>, 'render'>,
  { callee, use }: SinkUse,
  { never, cannot, suppressed, hidden, doubtful, template }: Known,
): OutputStatement {
  return {
    from: use.whole.from,
    to: use.whole.to,
    callee: { from: callee.from, to: callee.to },
    use: use.kind,
    sink,
    kind,
    ...(stream ? { stream } : {}),
    ...(never ? { never } : {}),
    ...(cannot ? { cannot } : {}),
    ...(suppressed ? { suppressed } : {}),
    wrapped: use.wrapped,
    ...(hidden ? { hidden: once(hidden) } : {}),
    ...(doubtful ? { doubtful: once(doubtful) } : {}),
    ...(template ? { template: once(template) } : {}),
  };
}
