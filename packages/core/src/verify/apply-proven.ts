import { applyEdits } from '../apply/apply-edits.ts';
import type { Edit } from '../edits/edit.ts';
import type { Program, TextProgram, Unwrap } from '../language/language.ts';
import { outermostOf } from '../layers/layer.ts';
import { outermostRange } from '../layers/outermost-range.ts';
import type { ScriptPlan } from '../plan/plan-script.ts';
import { findMisread } from './find-misread.ts';

/** The edits that are used. */
export interface Proven {
  /** New outermost strings by JSON pointer; only those that changed. */
  readonly strings: ReadonlyMap<string, string>;
  /** The edits that lead to them, by JSON pointer, in the coordinates of the strings before. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  /** The plans whose edits are in them, and those without edits. */
  readonly plans: readonly ScriptPlan[];
}

/** Called with a plan that is not used, and why: part of a sentence, without a full stop. */
export type Refuse = (code: 'read-only' | 'verification-failed', plan: ScriptPlan, reason: string) => void;

/**
 * Applies plans as far as unwrapping the result gives what was planned: all of them, else those that stand on their own,
 * else none.
 *
 * @param nameOf a program's name in the report
 */
export function applyProven(
  plans: readonly ScriptPlan[],
  programs: readonly Program[],
  unwrap: Unwrap,
  nameOf: (program: TextProgram) => string,
  refuse: Refuse,
): Proven {
  const together = apply(plans, programs, unwrap);
  if ('strings' in together) return { ...together, plans };
  // One script's quoting defeats the edits.
  const alone = plans.filter((plan) => {
    const same = plans.filter(({ program }) => placeOf(program) === placeOf(plan.program));
    const applied = apply(same, programs, unwrap);
    if ('strings' in applied) return true;
    const { code, reason, shared } = applied;
    const why = shared
      ? `its text is a part of ${nameOf(shared)}, too, where ${shared.layer.readOnly}`
      : reason;
    refuse(shared ? 'read-only' : code, plan, why);
    return false;
  });
  const rest = apply(alone, programs, unwrap);
  if ('strings' in rest) return { ...rest, plans: alone };
  for (const plan of alone)
    if (plan.edits.length > 0) refuse(rest.code, plan, `together with the other scripts, ${rest.reason}`);
  return { strings: new Map(), edits: new Map(), plans: [] };
}

interface Fault {
  readonly code: 'read-only' | 'verification-failed';
  readonly reason: string;
  readonly shared?: TextProgram;
}

function apply(
  plans: readonly ScriptPlan[],
  programs: readonly Program[],
  unwrap: Unwrap,
): Omit<Proven, 'plans'> | Fault {
  // A text that is run in two ways is edited once.
  const texts = new Map(
    plans.filter((plan) => plan.edits.length > 0).map((plan) => [placeOf(plan.program), plan]),
  );
  const applied = applyEdits(
    [...texts.values()].map((plan) => ({ layer: plan.program.layer, edits: plan.edits })),
  );
  if ('problem' in applied) return { code: 'read-only', reason: applied.problem };
  const misread = findMisread(unwrap, programs, applied.strings, plans);
  return misread ? { code: 'verification-failed', ...misread } : applied;
}

/** Where a text stands in the document: the same for a text that is run in two ways. */
function placeOf({ layer }: TextProgram): string {
  const { from, to } = outermostRange(layer, 0, layer.text.length);
  return `${outermostOf(layer).pointer} ${from} ${to}`;
}
