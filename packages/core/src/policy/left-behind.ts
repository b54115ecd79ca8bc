import type { Place } from '../diagnostics/diagnostic.ts';
import type { Program, TextProgram } from '../language/language.ts';
import { outermostOf } from '../layers/layer.ts';
import { splitLines } from '../layers/lines.ts';
import { withoutStandIns } from '../layers/stand-in.ts';
import type { Filters } from '../match/filters.ts';
import { namedIn } from '../report/diagnose-near-misses.ts';
import { type PlannedScript, placeIn } from '../report/report-scripts.ts';

/** Something that stays as it is though it may write a wanted metric to the container's output. */
export interface LeftBehind {
  /** One sentence without a full stop. */
  readonly message: string;
  readonly place: Place;
}

/**
 * Finds what the rewrite leaves behind: statements that may write a wanted name, scripts that can't be read, programs
 * that can't be followed, output that goes through another command or can't be read (`os.write`, a child process),
 * and what an imported function is given to print: whatever can't be read may write any wanted name. Places in which one
 * stands come first.
 *
 * @param planned the scripts, under their names in the report
 */
export function findLeftBehind(
  programs: readonly Program[],
  planned: readonly PlannedScript[],
  filters: Filters,
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
      if (hindrance?.code === 'output-elsewhere' && !isShown(program)) continue;
      const what = judgement.mayWrite.filter((one) => one !== '*').join(', ') || 'a metric';
      const why = hindrance ? `: ${hindrance.message}` : '';
      found.push({
        message: `${statement.sink} may write ${what} and is not rewritten${why}`,
        place: placeIn(name, lines, statement),
      });
    }
  }
  const unread: (LeftBehind & { readonly named: boolean })[] = [];
  for (const { plan, name, lines, kept } of planned) {
    const { stdout, stderr } = plan.program.output;
    if (plan.document.problem || (stdout === 'elsewhere' && stderr === 'elsewhere')) continue;
    for (const output of plan.document.unreadable()) {
      const named = namesIn(output.text ?? plan.document.text.slice(output.from, output.to), filters);
      if (output.text !== undefined && !named) continue;
      unread.push({
        message: `${output.sink} may write ${named || 'a metric'}: ${output.reason}`,
        place: placeIn(name, lines, output),
        named: named !== '',
      });
    }
    if (plan.everyLine && kept) continue;
    for (const miss of plan.document.nearMisses?.() ?? []) {
      const names = namedIn(plan.document.text.slice(miss.from, miss.to), filters.metrics);
      if (miss.kind !== 'wrapper' || names.length === 0) continue;
      unread.push({
        message: `${miss.sink} may write ${names.join(', ')}: it comes from a file that is not here`,
        place: placeIn(name, lines, miss),
        named: true,
      });
    }
    for (const range of plan.document.escapes?.() ?? []) {
      const stream = plan.document.text.slice(range.from, range.to);
      unread.push({
        message: `${stream} gets away, and what code elsewhere writes through it is not read`,
        place: placeIn(name, lines, range),
        named: false,
      });
    }
  }
  for (const program of programs) {
    if (program.kind !== 'unknown') continue;
    const named = namesIn(program.layer.text.slice(program.range.from, program.range.to), filters);
    const lines = splitLines(program.layer.text, 'any');
    unread.push({
      message: `${withoutStandIns(program.command)} is not rewritten: ${program.reason}`,
      place: placeIn(program.layer.label, lines, program.range),
      named: named !== '' || program.code !== 'unknown-command',
    });
  }
  return [...found, ...unread.filter(({ named }) => named), ...unread.filter(({ named }) => !named)].map(
    ({ message, place }) => ({ message, place }),
  );
}

/** The wanted names that stand in a text that can't be looked into. */
function namesIn(text: string, filters: Filters): string {
  return filters.metrics.filter((name) => text.includes(name)).join(', ');
}

/**
 * Whether a file that output goes to is shown afterwards: `python3 train.py > log; cat log`. Only what the host's text
 * says in plain words counts.
 */
function isShown({ layer, output: { files = [] } }: TextProgram): boolean {
  const shows = /(?:^|[;&|\n])[ \t]*(?:cat|tail|head|grep|sed|awk|more|less|tac)\b([^;&|\n]*)/g;
  return [...outermostOf(layer).text.matchAll(shows)].some(([, words = '']) =>
    files.some((file) => words.includes(file)),
  );
}
