import type { OutputStatement, TemplatePart } from '@katib-push/core';
import type { Origin } from '../names/origin.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Use } from './use.ts';

/** A place where a sink's name stands, with what its surroundings say. */
export interface Mention {
  readonly script: Script;
  /** The expression that names the sink: `console.log`, `this.logger.info`, or an alias `log`. */
  readonly callee: Syntax;
  /** The last name of the callee's path: `log`; of an alias, of what it stands for. Absent where only run time tells it. */
  readonly word?: string;
  /** What the last name is looked up in; absent for an alias. */
  readonly receiver?: Syntax;
  /** Where the receiver, or the alias as a whole, comes from. */
  readonly origin: Origin;
  readonly use: Use;
}

export interface NamedMention extends Mention {
  readonly word: string;
}

/** What a family of sinks says of a mention that is one of its own. */
export interface Sink {
  readonly sink: string;
  readonly kind: OutputStatement['kind'];
  /** The stream that it writes to; absent where that is known only at run time. */
  readonly stream?: 'stdout' | 'stderr';
  /** Why it can't be rewritten or its text not be read; absent if it can. */
  readonly cannot?: string;
  /** What a call writes; absent if nothing is known. */
  readonly render?: (args: readonly Syntax[]) => readonly TemplatePart[];
}

/** One kind of sinks: the method names that it looks out for, and how it tells whether a mention is one of them. */
export interface SinkFamily {
  readonly names: readonly string[];
  /** `undefined`: the name means something else here. */
  recognize(mention: NamedMention): Sink | undefined;
}
