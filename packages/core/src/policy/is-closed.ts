import type { Program } from '../language/language.ts';
import type { Range } from '../layers/range.ts';
import type { Filters } from '../match/filters.ts';
import type { ScriptPlan } from '../plan/plan-script.ts';

/**
 * Whether nothing that some programs run prints a wanted metric, but for the statements of their scripts, and nothing changes
 * what those print.
 */
export function isClosed(
  programs: readonly Program[],
  plans: readonly ScriptPlan[],
  { metrics }: Pick<Filters, 'metrics'>,
): boolean {
  return (
    programs.length > 0 &&
    programs.every(({ kind }) => kind === 'text') &&
    plans.every((plan) => isClosedScript(plan) && !namesAside(plan, metrics))
  );
}

/** Whether a line that may show text in another way names a metric: `raise ValueError("loss=0.5")`. */
function namesAside({ document: { asides, text } }: ScriptPlan, metrics: readonly string[]): boolean {
  if (!asides?.test(text)) return false;
  return text.split('\n').some((line) => metrics.some((name) => line.includes(name)) && asides.test(line));
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
