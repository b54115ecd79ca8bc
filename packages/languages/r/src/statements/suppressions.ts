import type { Range } from '@katib-push/core';
import type { Script } from '../script.ts';

interface Suppression {
  readonly reason: string;
  readonly range: Range;
}

export interface Suppressions {
  /** The comment that covers a statement: at the end of one of its lines, or alone on the line above. */
  take(statement: Range): Suppression | undefined;
  unused(): readonly Range[];
}

const COMMENT = /#[ \t]*katib-push:[ \t]*ignore\b[ \t:]*([^\r\n]*)/g;

/** Finds the comments `# katib-push: ignore <reason>`. */
export function collectSuppressions({ text, root }: Script): Suppressions {
  const found = new Map<number, Suppression & { readonly alone: boolean }>();
  const used = new Set<Suppression>();
  const lineStart = (at: number) => text.lastIndexOf('\n', at - 1) + 1;
  for (const match of text.matchAll(COMMENT)) {
    const comment = root.descendantForIndex(match.index, match.index + 1);
    if (comment?.type !== 'comment' || comment.startIndex !== match.index) continue;
    const start = lineStart(match.index);
    found.set(start, {
      reason: (match[1] as string).trim(),
      range: { from: match.index, to: match.index + match[0].trimEnd().length },
      alone: text.slice(start, match.index).trim() === '',
    });
  }
  return {
    take({ from, to }) {
      if (found.size === 0) return undefined;
      const first = lineStart(from);
      const above = first > 0 ? found.get(lineStart(first - 1)) : undefined;
      let taken = above?.alone ? above : undefined;
      for (let start = first; start <= to; ) {
        taken = found.get(start) ?? taken;
        const end = text.indexOf('\n', start);
        if (end < 0) break;
        start = end + 1;
      }
      if (!taken) return undefined;
      used.add(taken);
      return { reason: taken.reason, range: taken.range };
    },
    unused: () => [...found.values()].filter((one) => !used.has(one)).map(({ range }) => range),
  };
}
