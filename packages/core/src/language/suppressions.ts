import type { Lines } from '../layers/lines.ts';
import type { Range } from '../layers/range.ts';

/** How a language writes comments, as far as the directive `katib-push: ignore <reason>` in one goes. */
export interface CommentSyntax {
  /** What begins a comment that ends with its line: `#`, `//`. */
  readonly line: string;
  /** What begins and ends one that may stand in front of code; absent if the language has none. */
  readonly block?: readonly [begin: string, end: string];
}

/** A comment that asks to leave a statement alone. */
export interface Suppression {
  /** The comment's own words; empty if it gives none. */
  readonly reason: string;
  readonly range: Range;
}

/** The suppression comments of one text, and which of them statements have used. */
export interface Suppressions {
  /** The comment that covers a statement: on one of its lines, or alone on the line above. */
  take(statement: Range): Suppression | undefined;
  unused(): readonly Range[];
}

const DIRECTIVE = /katib-push:[ \t]*ignore\b[ \t:]*([^\r\n]*)/g;

/**
 * Gathers the comments that ask to leave a statement alone. Of several on one line the last counts; of several within one
 * statement, the first.
 *
 *     print(secret)  # katib-push: ignore not a metric
 *     # katib-push: ignore the next line, too
 *     print(other)
 *
 * @param lines asked for only where there is such a comment
 * @param commentAt the comment that holds a position; `undefined` where a string or code does
 */
export function gatherSuppressions(
  text: string,
  lines: () => Lines,
  syntax: CommentSyntax,
  commentAt: (at: number) => Range | undefined,
): Suppressions {
  const byLine = new Map<number, Suppression & { readonly alone: boolean }>();
  const used = new Set<Suppression>();
  for (const found of findDirectives(text, syntax, commentAt)) {
    const line = lines().lineAt(found.range.from);
    const alone = text.slice(lines().starts[line - 1], found.range.from).trim() === '';
    byLine.set(line, { ...found, alone });
  }
  return {
    take(statement) {
      if (byLine.size === 0) return undefined;
      const first = lines().lineAt(statement.from);
      const last = lines().lineAt(statement.to);
      let found: (Suppression & { readonly alone: boolean }) | undefined;
      for (let line = first; line <= last && !found; line++) found = byLine.get(line);
      const above = byLine.get(first - 1);
      found ??= above?.alone ? above : undefined;
      if (!found) return undefined;
      used.add(found);
      return { reason: found.reason, range: found.range };
    },
    unused: () => [...byLine.values()].filter((comment) => !used.has(comment)).map(({ range }) => range),
  };
}

function* findDirectives(
  text: string,
  { line, block }: CommentSyntax,
  commentAt: (at: number) => Range | undefined,
): Iterable<Suppression> {
  for (const match of text.matchAll(DIRECTIVE)) {
    const comment = commentAt(match.index);
    if (!comment) continue;
    const { from } = comment;
    const isBlock = block !== undefined && text.startsWith(block[0], from);
    const begin = isBlock ? block[0] : line;
    // nothing but the comment's own marks stands in front: a directive that is merely spoken of is none
    if (!text.startsWith(begin, from) || !/^[ \t*]*$/.test(text.slice(from + begin.length, match.index)))
      continue;
    const end = isBlock ? comment.to - block[1].length : comment.to;
    const words = match.index + match[0].length - (match[1] as string).length;
    const reason = text.slice(words, Math.min(match.index + match[0].length, end)).trim();
    yield { reason, range: { from, to: from + text.slice(from, comment.to).trimEnd().length } };
  }
}
