import {
  gatherSuppressions,
  type Range,
  type Suppression,
  type Suppressions,
  splitLines,
} from '@katib-push/core';
import type { ParsedScript } from 'unbash';

const comment = /(?<=^|[\s;&|()])#[ \t]*katib-push:[ \t]*ignore\b[ \t:]*([^\r\n]*)/g;

/**
 * Finds the comments `# katib-push: ignore <reason>`.
 *
 *     echo "$secret"  # katib-push: ignore not a metric
 *     # katib-push: ignore the next line, too
 *     echo "$other"
 */
export function collectSuppressions(text: string, script: () => ParsedScript): Suppressions {
  const found = [...findComments(text, script)];
  const lines = splitLines(found.length > 0 ? text : '');
  return gatherSuppressions(text, () => lines, found);
}

function* findComments(text: string, script: () => ParsedScript): Iterable<Suppression> {
  if (!text.includes('katib-push:')) return;
  const words = wordsOf(script());
  for (const match of text.matchAll(comment)) {
    const { index } = match;
    if (words.some(({ from, to }) => from <= index && index < to)) continue;
    yield { reason: match[1] as string, range: { from: index, to: index + match[0].trimEnd().length } };
  }
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
