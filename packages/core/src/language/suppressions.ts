import type { Range } from '../layers/range.ts';
import type { Lines } from '../layers/split-lines.ts';

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

/**
 * Gathers the comments that a language has found. Of several on one line the last counts; of several within one
 * statement, the first.
 *
 * @param lines asked for only where there is a comment
 */
export function gatherSuppressions(
  text: string,
  lines: () => Lines,
  comments: Iterable<Suppression>,
): Suppressions {
  const byRow = new Map<number, Suppression & { readonly alone: boolean }>();
  const used = new Set<Suppression>();
  for (const { reason, range } of comments) {
    const row = lines().rowAt(range.from);
    const alone = text.slice(lines().starts[row], range.from).trim() === '';
    byRow.set(row, { reason: reason.trim(), range, alone });
  }
  return {
    take(statement) {
      if (byRow.size === 0) return undefined;
      const first = lines().rowAt(statement.from);
      const last = lines().rowAt(statement.to);
      let found: (Suppression & { readonly alone: boolean }) | undefined;
      for (let row = first; row <= last && !found; row++) found = byRow.get(row);
      const above = byRow.get(first - 1);
      found ??= above?.alone ? above : undefined;
      if (!found) return undefined;
      used.add(found);
      return { reason: found.reason, range: found.range };
    },
    unused: () => [...byRow.values()].filter((comment) => !used.has(comment)).map(({ range }) => range),
  };
}
