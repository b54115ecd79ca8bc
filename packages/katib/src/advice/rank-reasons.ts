import { type Diagnostic, type DiagnosticCode, withoutStop } from '../diagnostics/diagnose.ts';

/** Reasons that only say that nothing came of it: whatever says why decides in their place. */
const vague: readonly DiagnosticCode[] = [
  'nothing-to-rewrite',
  'objective-not-covered',
  'metric-not-covered',
];

/** What says why, the most telling first. */
const telling: readonly DiagnosticCode[] = [
  'metric-not-read',
  'reports-itself',
  'shell-syntax-error',
  'syntax-error',
  'old-syntax',
  'binary',
  'not-rewritable',
  'output-filtered',
  'read-only',
  'no-place-for-prelude',
  'verification-failed',
  'script-in-image',
  'not-followed',
  'wrapper-not-seen',
  'library-prints',
  'goes-to-tracker',
  'no-client',
  'unreadable-output',
  'output-elsewhere',
];

/**
 * Why an Experiment stays as it is, the one reason that decides first: table, summary, warnings and JSON all take that one.
 *
 * @param reasons of the policy, in its order
 * @param found what was found in the scripts
 * @returns each once: the decisive one, the other reasons, then the rest as it was found
 */
export function rankReasons(
  reasons: readonly Diagnostic[],
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const [first] = reasons;
  const sharper =
    first && vague.includes(first.code)
      ? telling.map((code) => found.find((one) => one.code === code)).find((one) => one !== undefined)
      : undefined;
  const told = new Set(found.flatMap(({ code, metric }) => (code === 'metric-not-read' ? [metric] : [])));
  // What a sharper reason has said already is not said again.
  const rest = [...reasons, ...found].filter(
    (one) => !(sharper && one === first) && !(one.code === 'metric-not-covered' && told.has(one.metric)),
  );
  if (!first || !sharper) return [...new Set(rest)];
  // The policy may have put it into a better sentence, with the script's name.
  const isSaid = first.message.includes(withoutStop(sharper.message));
  const decisive = isSaid ? { ...sharper, message: first.message } : sharper;
  return [decisive, ...new Set(rest.filter((one) => one !== sharper))];
}
