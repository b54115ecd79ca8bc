import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, ScriptCode } from '../diagnostics/diagnostic.ts';
import type { NearMiss } from '../language/language.ts';
import type { MetricReport } from './report.ts';
import { type PlannedScript, placeIn } from './report-scripts.ts';

/** Near misses that are told of one script, each callee once. */
const MOST = 5;

const codes: Readonly<Record<NearMiss['kind'], ScriptCode>> = {
  tracker: 'goes-to-tracker',
  native: 'library-prints',
  library: 'library-prints',
  wrapper: 'wrapper-not-seen',
};

/**
 * What people may have taken for output that Katib reads, where a wanted metric has no sure source: calls with its name in
 * a text, and libraries that print by themselves.
 */
export function diagnoseNearMisses(
  planned: readonly PlannedScript[],
  metrics: readonly MetricReport[],
): readonly Diagnostic[] {
  const open = metrics.filter(({ covered }) => covered !== 'yes').map(({ name }) => name);
  if (open.length === 0) return [];
  return planned.flatMap(({ plan: { document, name }, lines }) =>
    (document.nearMisses?.() ?? [])
      .filter((miss, index, all) => all.findIndex(({ sink }) => sink === miss.sink) === index)
      .flatMap((miss) => {
        const names = namedIn(document.text.slice(miss.from, miss.to), open);
        if (miss.kind !== 'library' && names.length === 0) return [];
        return [diagnose(codes[miss.kind], say(miss, names), placeIn(name, lines, miss))];
      })
      .slice(0, MOST),
  );
}

function say({ sink, kind }: NearMiss, names: readonly string[]): string {
  const what = names.join(', ');
  return {
    tracker: `${sink} hands ${what} to another system and prints nothing.`,
    native: `${sink} prints ${what} below the script's own streams.`,
    library: `${sink} prints its metrics itself, in a form of its own.`,
    wrapper: `${sink} is given ${what} and comes from a file that is not here: what it prints can't be seen.`,
  }[kind];
}

/** The names that stand in a quoted text of a call: `"loss"`, `"val/loss=%f"`, or name an argument (`loss=loss`). */
export function namedIn(call: string, names: readonly string[]): readonly string[] {
  const texts = call.match(/(["'`])(?:\\.|(?!\1).)*\1|\b\w+(?=\s*=[^=])/gs) ?? [];
  return names.filter((name) => texts.some((text) => text.includes(name)));
}
