import type { Program } from '../language/language.ts';
import type { Range } from '../layers/range.ts';
import type { ScriptPlan } from '../plan/plan-script.ts';

/** Whether nothing that some programs run prints, but for the statements of their scripts, and nothing changes what those print. */
export function isClosed(programs: readonly Program[], plans: readonly ScriptPlan[]): boolean {
  return programs.length > 0 && programs.every(({ kind }) => kind === 'text') && plans.every(isClosedScript);
}

function isClosedScript({ document, program }: ScriptPlan): boolean {
  const { problem, escapes, runsOthers } = document;
  const { output, layer } = program;
  if (problem || !runsOthers || runsOthers()) return false;
  if (output.stdout === 'filtered' || output.stderr === 'filtered') return false;
  return (
    document.unreadable().length === 0 &&
    (escapes?.() ?? []).length === 0 &&
    !layer.opaque.some((range) => isStatement(layer.text, range))
  );
}

/** Whether a stretch that is known only at run time stands where a statement does. */
function isStatement(text: string, { from, to }: Range): boolean {
  return /(?:^|[\n;:&|])[ \t]*$/.test(text.slice(0, from)) && /^[ \t]*(?:$|[\n;&|])/.test(text.slice(to));
}
