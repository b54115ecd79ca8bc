import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Program } from '../language/language.ts';
import { createLineIndex } from '../report/lines.ts';
import { type PlannedScript, placeIn } from '../report/report-scripts.ts';

/** Something that stays as it is though it may write a wanted metric to the container's output. */
export interface LeftBehind {
  /** One sentence without a full stop. */
  readonly message: string;
  readonly place: Partial<Diagnostic>;
}

/**
 * Finds what the rewrite leaves behind: statements that may write a wanted name, scripts that can't be read, programs
 * that can't be followed, output that goes through another command. Commands that are merely unknown (`nvidia-smi`)
 * don't count: they are reported, and nothing says that they print a metric.
 *
 * @param planned the scripts, under their names in the report
 */
export function findLeftBehind(
  programs: readonly Program[],
  planned: readonly PlannedScript[],
): readonly LeftBehind[] {
  const found: LeftBehind[] = [];
  for (const { plan, name, lines, kept } of planned) {
    const { document, program } = plan;
    const { stdout, stderr } = program.output;
    const reaches = stdout !== 'elsewhere' || stderr !== 'elsewhere';
    if (document.problem && program.language.client && reaches)
      found.push({
        message: `${name} can't be read: ${document.problem.message}`,
        place: placeIn(name, lines, document.problem.range),
      });
    for (const { statement, judgement, rewritten, hindrance } of plan.statements) {
      if (judgement.mayWrite.length === 0 || statement.wrapped || (rewritten && kept)) continue;
      if (hindrance?.code === 'output-elsewhere') continue;
      const what = judgement.mayWrite.filter((one) => one !== '*').join(', ') || 'a metric';
      const why = hindrance ? `: ${hindrance.message}` : '';
      found.push({
        message: `${statement.sink} may write ${what} and is not rewritten${why}`,
        place: placeIn(name, lines, statement),
      });
    }
  }
  for (const program of programs) {
    if (program.kind !== 'unknown' || program.code === 'unknown-command') continue;
    const lines = createLineIndex(program.layer.text);
    found.push({
      message: `${program.command} is not rewritten: ${program.reason}`,
      place: placeIn(program.layer.label, lines, program.range),
    });
  }
  return found;
}
