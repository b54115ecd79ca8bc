import type { SinkFamily as CoreFamily, Sink as CoreSink } from '@katib-push/core';
import type { Origin } from '../names/origin.ts';
import type { Use } from '../names/use.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** A place where a sink's name stands, with what its surroundings say. */
export interface Mention {
  readonly script: Script;
  /** The expression that names the sink: `console.log`, `this.logger.info`, or an alias `log`. */
  readonly callee: Syntax;
  /** The last name of the callee's path: `log`; of an alias, of what it stands for. */
  readonly word: string;
  /** What the last name is looked up in; absent for an alias. */
  readonly receiver?: Syntax;
  /** Where the receiver, or the alias as a whole, comes from. */
  readonly origin: Origin;
  readonly use: Use;
}

export type Sink = CoreSink<readonly Syntax[]>;
export type SinkFamily = CoreFamily<Mention, readonly Syntax[]>;
