import { frontText, isFront } from './front.ts';

/** How words are put under the shim. */
export interface WrapOptions {
  /** Interpreters to try before `python3` and `python`: names or paths, the words' own first. Default: none. */
  readonly interpreters?: readonly string[];
}

/** The name that the front has for itself: `$0`. */
const NAME = 'sh';

/**
 * Words under the shim: `sh -c FRONT sh WORDS…`. More words may follow behind them, as Kubernetes appends `args` to
 * `command`. Words that are under it already stay as they are.
 */
export function wrapWords(words: readonly string[], options: WrapOptions = {}): readonly string[] {
  return unwrapWords(words) ? words : ['sh', '-c', frontText(options.interpreters), NAME, ...words];
}

/** The words that were given to {@link wrapWords}; undefined where they are not under the shim. */
export function unwrapWords(words: readonly string[]): readonly string[] | undefined {
  const [shell, flag, text = '', name, ...rest] = words;
  return shell === 'sh' && flag === '-c' && name === NAME && isFront(text) ? rest : undefined;
}
