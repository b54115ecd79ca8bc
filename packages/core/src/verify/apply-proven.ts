import { applyEdits } from '../apply/apply-edits.ts';
import type { Edit } from '../edits/edit.ts';
import type { Program, TextProgram, Unwrap } from '../language/language.ts';
import { outermostOf } from '../layers/layer.ts';
import { outermostRange } from '../layers/outermost-range.ts';
import type { ScriptPlan } from '../plan/plan-script.ts';
import { verifyScript } from './verify-script.ts';

/** The edits that are used. */
export interface Proven {
  /** New outermost strings by JSON pointer; only those that changed. */
  readonly strings: ReadonlyMap<string, string>;
  /** The edits that lead to them, by JSON pointer, in the coordinates of the strings before. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  /** The plans whose edits are in them, and those without edits. */
  readonly plans: readonly ScriptPlan[];
  readonly refused: readonly Refusal[];
}

/** Why the edits of one script are not used. */
export interface Refusal {
  /** The script's name in the report. */
  readonly script: string;
  readonly code: 'read-only' | 'verification-failed';
  /** Part of a sentence, without a full stop. */
  readonly reason: string;
}

/**
 * Applies plans as far as they are proven: each on its script's own text, and all of them in that unwrapping the result
 * gives what was planned; else those that stand on their own, else none.
 */
export function applyProven(
  plans: readonly ScriptPlan[],
  programs: readonly Program[],
  unwrap: Unwrap,
): Proven {
  const refused: Refusal[] = [];
  const used = plans.filter((plan) => {
    const reason = plan.edits.length > 0 ? verifyScript(plan) : undefined;
    if (reason !== undefined) refused.push({ script: plan.name, code: 'verification-failed', reason });
    return reason === undefined;
  });
  const together = apply(used, programs, unwrap);
  if ('strings' in together) return { ...together, plans: used, refused };
  // One script's quoting defeats the edits.
  const alone = used.filter((plan) => {
    const same = used.filter(({ program }) => placeOf(program) === placeOf(plan.program));
    const applied = apply(same, programs, unwrap);
    if ('problem' in applied) refused.push({ script: plan.name, ...applied.problem });
    return 'strings' in applied;
  });
  const rest = apply(alone, programs, unwrap);
  if ('strings' in rest) return { ...rest, plans: alone, refused };
  const { code, reason } = rest.problem;
  for (const { name, edits } of alone)
    if (edits.length > 0)
      refused.push({ script: name, code, reason: `together with the other scripts, ${reason}` });
  return { strings: new Map(), edits: new Map(), plans: [], refused };
}

/** Why edits can't be used. */
type Fault = Omit<Refusal, 'script'>;

function apply(
  plans: readonly ScriptPlan[],
  programs: readonly Program[],
  unwrap: Unwrap,
): Pick<Proven, 'strings' | 'edits'> | { readonly problem: Fault } {
  // A text that is run in two ways is edited once.
  const texts = new Map(
    plans.filter((plan) => plan.edits.length > 0).map((plan) => [placeOf(plan.program), plan]),
  );
  const applied = applyEdits(
    [...texts.values()].map((plan) => ({ layer: plan.program.layer, edits: plan.edits })),
  );
  if ('problem' in applied) return { problem: { code: 'read-only', reason: applied.problem } };
  const misread = findMisread(unwrap, programs, applied.strings, plans);
  return misread ? { problem: misread } : applied;
}

/** Where a text stands in the document: the same for a text that is run in two ways. */
function placeOf({ layer }: TextProgram): string {
  const { from, to } = outermostRange(layer, 0, layer.text.length);
  return `${outermostOf(layer).pointer} ${from} ${to}`;
}

/** Unwraps the new strings: each planned text has to come out, and all others unchanged; what is wrong, absent if they do. */
export function findMisread(
  unwrap: Unwrap,
  programs: readonly Program[],
  strings: ReadonlyMap<string, string>,
  plans: readonly ScriptPlan[],
): Fault | undefined {
  if (strings.size === 0) return undefined;
  const wrong: Fault = {
    code: 'verification-failed',
    reason: 'what the container would run is not the text that was planned',
  };
  const before = programs.filter((program) => program.kind === 'text');
  const after = unwrap(strings).filter((program) => program.kind === 'text');
  if (before.length !== after.length) return wrong;
  const planned = new Map<Program, string>(plans.map((plan) => [plan.program, plan.after]));
  let shared: Fault | undefined;
  for (const [index, program] of before.entries()) {
    const now = after[index] as TextProgram;
    if (now.language !== program.language || now.name !== program.name || now.role !== program.role)
      return wrong;
    if (program.language.host || now.layer.text === (planned.get(program) ?? program.layer.text)) continue;
    if (planned.has(program) || !program.layer.readOnly) return wrong;
    shared = {
      code: 'read-only',
      reason: `its text is a part of ${program.name}, too, where ${program.layer.readOnly}`,
    };
  }
  return shared;
}
