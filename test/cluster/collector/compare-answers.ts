import { isUnavailable } from './answers-file.ts';
import { askCore } from './ask-core.ts';
import { askPort } from './ask-port.ts';
import type { Answer, Cases } from './case.ts';

/** An output that Katib reads otherwise than our code. */
export interface ReadingDifference {
  readonly who: 'port' | 'engine';
  readonly cases: Omit<Cases, 'outputs'>;
  readonly output: string;
  readonly katib: unknown;
  readonly ours: unknown;
}

/** Where the oracle's port of the collector, or the engine's own reading of a line, differs from Katib's answers. */
export function compareAnswers(cases: Cases, answers: readonly Answer[]): readonly ReadingDifference[] {
  const port = askPort(cases);
  const engine = cases.format === 'TEXT' ? askCore(cases) : undefined;
  const { outputs, ...rest } = cases;
  return outputs.flatMap((output, at) => {
    const [katib, ours, found] = [answers[at] as Answer, port[at] as Answer, engine?.[at]];
    const differs = (who: ReadingDifference['who'], mine: unknown): ReadingDifference => ({
      who,
      cases: rest,
      output: Buffer.from(output).toString(),
      katib,
      ours: mine,
    });
    return [
      ...(sameAnswer(katib, ours) ? [] : [differs('port', ours)]),
      ...(found === undefined || sameRows(katib, found, cases.names) ? [] : [differs('engine', found)]),
    ];
  });
}

/** The report of a value that is no UTF-8 fails; what is pushed instead stands in differences.md. */
const NOT_ENCODED = "it can't encode the report";

/** Failures are worded by each in its own way. */
function sameAnswer(katib: Answer, ours: Answer): boolean {
  if ('failed' in katib && katib.failed === NOT_ENCODED) return true;
  if ('failed' in katib || 'failed' in ours) return 'failed' in katib && 'failed' in ours;
  return JSON.stringify(katib) === JSON.stringify(ours);
}

/** The engine knows neither times nor the rule for an objective that never appears, nor does it fail. */
function sameRows(katib: Answer, found: readonly string[], names: readonly string[]): boolean {
  if ('failed' in katib) return true;
  const [objective = ''] = names.join(';').split(';');
  if (isUnavailable(katib)) return !found.some((row) => row.startsWith(`${objective}=`));
  return JSON.stringify(katib.map(([name, value]) => `${name}=${value}`)) === JSON.stringify(found);
}
