import { contains, type Range } from '../layers/range.ts';
import type { Edit } from '../plan/edit.ts';
import { type PlanOptions, planScript, type ScriptPlan } from '../plan/plan-script.ts';

/**
 * Proves one script's rewrite on its own text: it still parses, its tree differs only where an edit is, and a second
 * rewrite would change nothing. Returns what is wrong; `undefined` if all holds.
 */
export function verifyScript(plan: ScriptPlan, options: PlanOptions): string | undefined {
  const { document, changed } = plan.document.edit(plan.edits);
  try {
    if (document.problem) return `the rewritten script would not parse: ${document.problem.message}`;
    const stretches = editedStretches(plan.edits);
    const stray = changed.find((range) => !stretches.some((stretch) => contains(stretch, range)));
    if (stray) return `the rewrite would change the meaning of text at ${stray.from} that it does not touch`;
    const again = planScript(
      { ...plan.program, layer: { ...plan.program.layer, opaque: [] } },
      document,
      options,
    );
    if (again.edits.length > 0)
      return `a second rewrite would change the script again: ${again.edits[0]?.reason ?? ''}`;
    return undefined;
  } finally {
    document.dispose();
  }
}

/**
 * The stretches of the new text that belong to one purpose: from the first edit with a reason to the last one with it.
 *
 *     _katib_push(print)(x)
 *     ^^^^^^^^^^^^^^^^^^ two insertions, one reason: the callee between them gets a new parent
 */
function editedStretches(edits: readonly Edit[]): readonly Range[] {
  const stretches: { from: number; to: number }[] = [];
  let shift = 0;
  let reason: string | undefined;
  for (const edit of edits) {
    const from = edit.from + shift;
    const to = from + edit.insert.length;
    shift += edit.insert.length - (edit.to - edit.from);
    const last = stretches.at(-1);
    if (last && reason === edit.reason) last.to = to;
    else stretches.push({ from, to });
    reason = edit.reason;
  }
  return stretches;
}
