import type { Range } from '@katib-push/core';
import type { ParsedScript } from 'unbash';

interface Suppression {
  /** The comment's own words; empty if it gives none. */
  readonly reason: string;
  readonly range: Range;
}

export interface Suppressions {
  /** The comment that covers a statement: at the end of one of its lines, or alone on the line above. */
  take(statement: Range): Suppression | undefined;
  unused(): readonly Range[];
}

const comment = /(?<=^|[\s;&|()])#[ \t]*katib-push:[ \t]*ignore\b[ \t:]*([^\r\n]*)/g;

/**
 * Finds the comments `# katib-push: ignore <reason>`.
 *
 *     echo "$secret"  # katib-push: ignore not a metric
 *     # katib-push: ignore the next line, too
 *     echo "$other"
 */
export function collectSuppressions(text: string, script: () => ParsedScript): Suppressions {
  const byRow = new Map<number, Suppression & { readonly alone: boolean }>();
  const used = new Set<Suppression>();
  const starts = [0];
  const rowAt = (at: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle;
    }
    return low;
  };
  if (text.includes('katib-push:')) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    const words = wordsOf(script());
    for (const match of text.matchAll(comment)) {
      const { index } = match;
      if (words.some(({ from, to }) => from <= index && index < to)) continue;
      const row = rowAt(index);
      const alone = text.slice(starts[row], index).trim() === '';
      const range = { from: index, to: index + match[0].trimEnd().length };
      byRow.set(row, { reason: (match[1] as string).trim(), range, alone });
    }
  }
  return {
    take(statement) {
      if (byRow.size === 0) return undefined;
      const first = rowAt(statement.from);
      const last = rowAt(statement.to);
      let found: Suppression | undefined;
      for (let row = first; row <= last && !found; row++) found = byRow.get(row);
      const above = byRow.get(first - 1);
      found ??= above?.alone ? above : undefined;
      if (!found) return undefined;
      used.add(found);
      return { reason: found.reason, range: found.range };
    },
    unused: () => [...byRow.values()].filter((one) => !used.has(one)).map(({ range }) => range),
  };
}

/** Stretches in which `#` begins no comment: words and the bodies of heredocs. */
function wordsOf(script: ParsedScript): readonly Range[] {
  const found: Range[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type, pos, end } = node as { type?: string; pos?: number; end?: number };
    if ((type === 'Word' || type === 'HereDocBody') && pos !== undefined && end !== undefined)
      found.push({ from: pos, to: end });
    else for (const value of Object.values(node)) visit(value);
  };
  visit(script);
  return found;
}
