import type { Program, TextProgram, Unwrap } from '../language/language.ts';
import type { ScriptPlan } from '../plan/plan-script.ts';

/** Why edits can't be used: what a container would run comes out otherwise than planned. */
export interface Misread {
  /** Part of a sentence, without a full stop. */
  readonly reason: string;
  /** Set where the only fault is that the edited text is a part of another one, too, which can't be edited. */
  readonly shared?: TextProgram;
}

/** Unwraps the new strings: each planned text has to come out, and all others unchanged. Absent if they do. */
export function findMisread(
  unwrap: Unwrap,
  programs: readonly Program[],
  strings: ReadonlyMap<string, string>,
  plans: readonly ScriptPlan[],
): Misread | undefined {
  if (strings.size === 0) return undefined;
  const reason = 'what the container would run is not the text that was planned';
  const before = programs.filter((program) => program.kind === 'text');
  const after = unwrap(strings).filter((program) => program.kind === 'text');
  if (before.length !== after.length) return { reason };
  const planned = new Map<Program, string>(plans.map((plan) => [plan.program, plan.after]));
  let shared: TextProgram | undefined;
  for (const [index, program] of before.entries()) {
    const now = after[index] as TextProgram;
    if (now.language !== program.language || now.name !== program.name || now.role !== program.role)
      return { reason };
    if (program.language.host || now.layer.text === (planned.get(program) ?? program.layer.text)) continue;
    if (planned.has(program) || !program.layer.readOnly) return { reason };
    shared = program;
  }
  return shared && { reason, shared };
}
