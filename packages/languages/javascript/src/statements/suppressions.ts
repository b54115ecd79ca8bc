import type { Range } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

interface Suppression {
  /** The comment's own words; empty if it gives none. */
  readonly reason: string;
  readonly range: Range;
}

export interface Suppressions {
  /** The comment that covers a statement: on one of its lines, or alone on the line above. */
  take(statement: Range): Suppression | undefined;
  unused(): readonly Range[];
}

const COMMENT = /^[ \t*]*katib-push:[ \t]*ignore\b[ \t:]*([^\r\n]*)/;

/**
 * Finds the comments that ask to leave a statement alone.
 *
 *     console.log(secret);  // katib-push: ignore not a metric
 *     /* katib-push: ignore the next line, too *\/
 *     console.log(other);
 */
export function collectSuppressions(script: Script): Suppressions {
  const byRow = new Map<number, Suppression & { readonly alone: boolean }>();
  const used = new Set<Suppression>();
  if (script.text.includes('katib-push:')) {
    for (const { value, from, to } of script.comments) {
      const match = COMMENT.exec(value);
      if (!match) continue;
      const row = script.lines().rowAt(from);
      const before = script.text.slice(script.lines().starts[row], from);
      byRow.set(row, {
        reason: (match[1] as string).trim(),
        range: { from, to },
        alone: before.trim() === '',
      });
    }
  }
  return {
    take(statement) {
      if (byRow.size === 0) return undefined;
      const first = script.lines().rowAt(statement.from);
      const last = script.lines().rowAt(statement.to);
      let found: Suppression | undefined;
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
