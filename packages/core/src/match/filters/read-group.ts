import type { Read } from './read-escape.ts';

/** What `(?i)`, `(?s)` and `(?U)` switch. `(?m)` has nothing to switch: a line holds no line break. */
export interface FilterFlags {
  readonly ignoreCase: boolean;
  /** `x*` takes as little as it can and `x*?` as much. */
  readonly ungreedy: boolean;
}

/** What a parenthesis opens. `flags` are those of the group, or from here on to the end of the group around. */
export interface Opening {
  readonly kind: 'captures' | 'groups' | 'flags';
  readonly flags: FilterFlags;
}

/**
 * The opening at `at`: `(`, `(?P<name>`, `(?<name>`, `(?:`, `(?i)`, `(?i-s:`.
 *
 * Source: https://github.com/google/re2/wiki/Syntax, "Grouping".
 */
export function readOpening(source: string, at: number, flags: FilterFlags): Read<Opening> {
  const name = /^\(\?P?<[^>]*>/.exec(source.slice(at));
  if (name !== null) return { value: { kind: 'captures', flags }, to: at + name[0].length };
  const switches = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(source.slice(at));
  if (switches === null) return { value: { kind: 'captures', flags }, to: at + 1 };
  const [text, on = '', off = '', end] = switches;
  const switched = {
    ignoreCase: !off.includes('i') && (flags.ignoreCase || on.includes('i')),
    ungreedy: !off.includes('U') && (flags.ungreedy || on.includes('U')),
  };
  return { value: { kind: end === ':' ? 'groups' : 'flags', flags: switched }, to: at + text.length };
}
