import type { OutputStatement, TemplatePart } from '@katib-push/core';
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

/** The arguments of one call, sorted. */
export interface Call {
  /** In order; a `*xs` is a `list_splat`. */
  readonly positional: readonly Syntax[];
  readonly keywords: ReadonlyMap<string, Syntax>;
  /** Whether a `**kwargs` may add keywords. */
  readonly openKeywords: boolean;
}

/** What a family of sinks says of a mention that is one of its own. */
export interface Sink {
  readonly sink: string;
  readonly kind: OutputStatement['kind'];
  /** The stream that it writes to; absent where that is known only at run time. */
  readonly stream?: 'stdout' | 'stderr';
  /** Why the client can't read what it writes; absent if it can. */
  readonly cannot?: string;
  /** Why what it writes is never shown; `undefined` where it may be. */
  readonly hidden?: () => string | undefined;
  /** Whether it may be wrapped where it is stored or passed on; default false. */
  readonly asValue?: boolean;
  /** What it writes; absent if nothing is known. Asked for calls only. */
  readonly render?: (call: Call) => readonly TemplatePart[];
}

/** One kind of sinks: the names that it looks out for, and how it tells whether a mention is one of them. */
export interface SinkFamily {
  readonly names: readonly string[];
  /** `undefined`: the name means something else here. */
  recognize(mention: Mention): Sink | undefined;
}
