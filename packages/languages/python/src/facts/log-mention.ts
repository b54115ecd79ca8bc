import type { Call } from '../names/call.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { levelOfMethod, readLevel } from './log-level.ts';

/** A place where a logger's method stands. */
export interface LogMention {
  readonly script: Script;
  /** The method's name. */
  readonly name: Syntax;
  readonly word: string;
  /** The logger; absent where the method was imported. */
  readonly receiver?: Syntax;
  /** Reads the arguments, where it is called. */
  readonly call?: () => Call;
}

/** The level of a record; `undefined` where only the run tells. */
export function levelOf({ script, word, call }: LogMention): number | undefined {
  if (word !== 'log') return levelOfMethod(word);
  const [level] = call?.().positional ?? [];
  return level && readLevel(script, level);
}
