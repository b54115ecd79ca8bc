import type { BlockKind } from './levels.ts';

/** One token; of a string, its prefix and opening quotes. */
export const TOKEN =
  /[bBfFrRtTuU]{0,2}(?:"""|'''|["'])|\.?\d(?:[eE][-+]\d|[\w.])*|[^\0-/:-@[-^`{-\x7F\s\u200B\u2060]+|#[^\r\n]*|\\?(?:\r\n?|\n)|\.\.\.|->|:=|[=!<>]=|<>|(?:\*\*|\/\/|>>|<<|[-+*/%@&|^])=?|[\s\S]/y;

/** Numbers that are right at a glance. */
export const PLAIN_NUMBER = /^(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][-+]?\d+)?$/;
export const PREFIX = /^(?:[bfrtu]?|[bft]r|r[bft])$/;
/** Behind `as`: one name, and the end of the item. */
export const PLAIN_ALIAS = /[ \t]+(?!None\b|True\b|False\b|__debug__)[a-zA-Z]\w*[ \t]*(?=[:,)#\r\n]|$)/y;
/** What makes `print` and `exec` statements. */
export const OPERAND_FOLLOWS = /[ \t]*[^\s(=.,)\]:]/y;
export const LINE_ENDS = /[ \t]*(?:[#\r\n]|$)/y;
export const FUTURE = /[ \t]+__future__\b/y;
export const CONVERSION = /[ \t]*[rsa][ \t]*[:}]/y;
export const BROKEN_ESCAPE =
  /\\(?:x(?![\da-fA-F]{2})|u(?![\da-fA-F]{4})|U(?!000[\da-fA-F]{5}|0010[\da-fA-F]{4})|N(?!\{[^}]+\}))/y;
export const BROKEN_BYTE = /\\x(?![\da-fA-F]{2})/y;

/**
 * Hard keywords by where they may stand: at the start of a statement, behind an operand, in front of one, or as one.
 * https://docs.python.org/3/reference/lexical_analysis.html#keywords
 */
export type Keyword = 'start' | 'behind' | 'before' | 'value';
export const KEYWORDS: ReadonlyMap<string, Keyword> = byWord<Keyword>({
  start:
    'assert break class continue def del elif except finally global nonlocal pass raise return try while with',
  behind: 'and as else for from if import in is or',
  before: 'async await lambda not yield',
  value: 'False None True',
});

/** Statements whose colon opens a block. */
export const HEADERS: ReadonlyMap<string, BlockKind> = byWord<BlockKind>({
  class: 'class',
  function: 'def',
  loop: 'for while',
  match: 'match',
  other: 'case elif else except finally if try with',
});

/** Keywords behind which a name is bound. */
export const BINDING = new Set(['as', 'class', 'def', 'del', 'for', 'global', 'import', 'nonlocal']);

/** `+=`, but not `==` nor `:=`. */
export const AUGMENTED = /^[^=!<>:].*=$|^(?:<<|>>)=$/;

/** Statements with an `as` of their own. */
export const ALIASING = new Set(['except', 'from', 'import', 'with']);

export function isDigit(first: string): boolean {
  return first >= '0' && first <= '9';
}

/** Whether a token that begins so is a name or keyword. */
export function isWord(first: string): boolean {
  if (first > '\x7F') return !/[\s\u200B\u2060]/.test(first);
  return (first >= 'a' && first <= 'z') || first === '_' || (first >= 'A' && first <= 'Z');
}

/** `U+00A0` */
export function nameOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function byWord<Kind extends string>(lists: Partial<Readonly<Record<Kind, string>>>): Map<string, Kind> {
  return new Map(
    Object.entries<string | undefined>(lists).flatMap(([kind, list = '']) =>
      list.split(' ').map((word) => [word, kind as Kind] as const),
    ),
  );
}
