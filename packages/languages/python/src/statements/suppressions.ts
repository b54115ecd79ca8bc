import { gatherSuppressions, type Suppression, type Suppressions } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

const COMMENT = /#[ \t]*katib-push:[ \t]*ignore\b[ \t:]*([^\r\n]*)/g;

/**
 * Finds the comments `# katib-push: ignore <reason>`.
 *
 *     print(secret)  # katib-push: ignore not a metric
 *     # katib-push: ignore the next line, too
 *     print(other)
 */
export function collectSuppressions(script: Script): Suppressions {
  return gatherSuppressions(script.text, script.lines, findComments(script));
}

function* findComments(script: Script): Iterable<Suppression> {
  for (const match of script.text.matchAll(COMMENT)) {
    const comment = script.root.at(match.index);
    if (comment.type !== 'comment' || comment.from !== match.index) continue;
    const to = match.index + match[0].trimEnd().length;
    yield { reason: match[1] as string, range: { from: match.index, to } };
  }
}
