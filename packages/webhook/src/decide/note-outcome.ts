import {
  annotationPrefix,
  applyPatch,
  isRecord,
  type PatchOperation,
  pointerOf,
  valueAt,
} from '@katib-push/katib';
import type { Findings } from '../worker/messages.ts';
import { isAsked } from './warn-of-rewrite.ts';
import { cleanLine, shorten } from './warnings.ts';

const key = `${annotationPrefix}outcome`;
/** Characters that the annotation has at most. */
const longest = 400;

/**
 * The patch of a rewrite, and one annotation that keeps what became of an Experiment and why: whoever creates it from a
 * notebook never sees a warning. Only Experiments that ask for a push get it, and only when they are created: no manifest
 * names it, so that appliers neither remove it nor see a difference.
 */
export function noteOutcome(object: unknown, findings: Findings): readonly PatchOperation[] {
  const { patch } = findings;
  if (!isAsked(findings)) return patch;
  const after = patch.length > 0 ? applyPatch(object, patch) : object;
  const value = describeOutcome(findings);
  const path = ['metadata', 'annotations'];
  const annotations = valueAt(after, path);
  if (valueAt(annotations, [key]) === value || !isRecord(valueAt(after, ['metadata']))) return patch;
  if (isRecord(annotations)) return [...patch, { op: 'add', path: pointerOf([...path, key]), value }];
  return annotations === undefined || annotations === null
    ? [...patch, { op: 'add', path: pointerOf(path), value: { [key]: value } }]
    : patch;
}

/** `rewritten: pushes loss, no sidecar`, or `unchanged (metric-not-read): why, and what helps`. */
function describeOutcome({ outcome, summary, notes }: Findings): string {
  const [decisive] = notes;
  const unread = notes.find(({ code }) => code === 'metric-not-read');
  const text =
    outcome === 'rewritten' || !decisive
      ? `${outcome}: ${summary}${unread ? `. ${unread.hint}` : ''}`
      : `${outcome} (${decisive.code}): ${decisive.message} ${decisive.hint}`;
  return shorten(cleanLine(text), longest);
}
