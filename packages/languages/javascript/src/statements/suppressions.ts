import { gatherSuppressions, type Suppression, type Suppressions } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

const COMMENT = /^[ \t*]*katib-push:[ \t]*ignore\b[ \t:]*([^\r\n]*)/;

/**
 * Finds the comments that ask to leave a statement alone.
 *
 *     console.log(secret);  // katib-push: ignore not a metric
 *     /* katib-push: ignore the next line, too *\/
 *     console.log(other);
 */
export function collectSuppressions(script: Script): Suppressions {
  return gatherSuppressions(script.text, script.lines, findComments(script));
}

function* findComments(script: Script): Iterable<Suppression> {
  if (!script.text.includes('katib-push:')) return;
  for (const { value, from, to } of script.comments) {
    const match = COMMENT.exec(value);
    if (match) yield { reason: match[1] as string, range: { from, to } };
  }
}
