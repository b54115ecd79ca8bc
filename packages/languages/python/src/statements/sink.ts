import type { SinkFamily as CoreFamily, Sink as CoreSink } from '@katib-push/core';
import type { Call } from '../names/call.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** A place where a sink's name stands, with what its surroundings say. */
export interface Mention {
  readonly script: Script;
  /** The identifier: `print`, or the last name of `logger.info`; of a look-up, the whole expression. */
  readonly name: Syntax;
  /** Its text; of a look-up, the name that is looked up, empty where only the run tells: `getattr(logger, level)`. */
  readonly word: string;
  /** The expression that names the sink: `print`, `self.logger.info`. */
  readonly callee: Syntax;
  /** What the last name is looked up in; absent for a bare name. */
  readonly receiver?: Syntax;
  /** Where it is called: the source of the arguments, brackets included. Cheaper to look at than `call`. */
  readonly written?: string;
  /** Reads the arguments, where it is called. A call with a generator (`print(x for x in xs)`) has that one argument. */
  readonly call?: () => Call;
  /** The callee as a dotted path, its first name replaced by what an import says of it; absent if it isn't names only. */
  readonly path?: string;
}

export type Sink = CoreSink<Call>;
export type SinkFamily = CoreFamily<Mention, Call>;
