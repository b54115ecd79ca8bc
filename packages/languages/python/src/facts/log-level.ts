import type { Call } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import { resolveName } from '../names/resolve.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** Levels of the standard library. https://docs.python.org/3/library/logging.html#logging-levels */
const LEVELS: Readonly<Record<string, number>> = {
  NOTSET: 0,
  DEBUG: 10,
  INFO: 20,
  WARNING: 30,
  WARN: 30,
  ERROR: 40,
  CRITICAL: 50,
  FATAL: 50,
};

/** What a logger shows where nobody says otherwise. */
export const WARNING = 30;

/** The level of a logger's method; `undefined` for `log` and for what is no method. */
export function levelOfMethod(name: string): number | undefined {
  return LEVELS[name === 'exception' ? 'ERROR' : name.toUpperCase()];
}

/** A level's name: `INFO`. */
export function nameOfLevel(level: number): string {
  return Object.keys(LEVELS).find((name) => LEVELS[name] === level) ?? String(level);
}

/** The level that an expression gives: `logging.INFO`, `"info"`, `20`; `undefined` where only the run tells. */
export function readLevel(script: Script, expression: Syntax): number | undefined {
  const at = withoutParentheses(expression);
  const text = textOf(script, at);
  if (at.type === 'integer') return Number(text);
  if (at.type === 'string') return levelNamed(/^["'](\w+)["']$/.exec(text)?.[1]);
  const path = dottedPath(script, at);
  if (path?.startsWith('logging.')) return levelNamed(path.slice('logging.'.length));
  if (at.type !== 'identifier') return undefined;
  const bindings = resolveName(script, at)?.bindings ?? [];
  const [only] = bindings;
  return bindings.length === 1 &&
    only?.kind === 'assignment' &&
    only.value &&
    only.value.type !== 'identifier'
    ? readLevel(script, only.value)
    : undefined;
}

/** The level of that name; `undefined` for none. */
export function levelNamed(name: string | undefined): number | undefined {
  return name === undefined ? undefined : LEVELS[name];
}

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
