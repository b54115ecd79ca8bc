import { describeSink, type OutputStatement } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import type { Call } from '../call.ts';
import { rangeOf, type Script } from '../script.ts';
import type { Parts } from '../templates/parts.ts';

/** What one sink is and writes. */
export interface Sink {
  readonly kind: OutputStatement['kind'];
  /** Absent where that is known only at run time. */
  readonly stream?: 'stdout' | 'stderr';
  /** What it writes; absent if nothing is known of it. */
  readonly parts?: Parts;
}

/** How one sink reads its arguments; `undefined` if it writes elsewhere. */
export type ReadSink = (script: Script, call: Call) => Sink | undefined;

/** The statement that a sink is where its name, or all of it, stands. */
export function describe(
  sink: string,
  whole: Node,
  callee: Node,
  use: OutputStatement['use'],
  { parts, ...rest }: Sink,
): OutputStatement {
  return describeSink(
    { sink, ...rest },
    { callee: rangeOf(callee), use: { kind: use, whole: rangeOf(whole), wrapped: false } },
    { template: parts && (() => ({ parts })) },
  );
}
