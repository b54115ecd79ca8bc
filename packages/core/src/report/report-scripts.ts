import { type Diagnostic, diagnose, type Place } from '../diagnostics/diagnostic.ts';
import { splice } from '../edits/edit.ts';
import type { OutputStatement, Program, UnknownProgram } from '../language/language.ts';
import { type Layer, layerPath, outermostOf } from '../layers/layer.ts';
import { frameAt, type Lines, splitLines } from '../layers/lines.ts';
import { outermostRange } from '../layers/outermost-range.ts';
import type { Range } from '../layers/range.ts';
import { endsUnseen } from '../plan/find-hindrance.ts';
import type { ScriptPlan } from '../plan/plan-script.ts';
import type { ScriptReport, StatementReport } from './report.ts';

/** A plan with what the report needs to know of it. */
export interface PlannedScript {
  readonly plan: ScriptPlan;
  /** Of the script's original text, as people wrote it. */
  readonly lines: Lines;
  /** Whether the plan is applied. */
  readonly kept: boolean;
}

/** The report on one script. */
export function reportScript({ plan, lines, kept }: PlannedScript): ScriptReport {
  const before = lines.text;
  const after = kept && plan.edits.length > 0 ? splice(before, plan.edits) : before;
  const { layer, language } = plan.program;
  const applied = after !== before;
  const statements = plan.statements.map(
    ({ statement, judgement, rewritten, hindrance }): StatementReport => {
      const done = (rewritten && applied) || statement.wrapped;
      return {
        line: lines.lineAt(statement.from),
        endLine: lines.lineAt(Math.max(statement.from, statement.to - 1)),
        range: { from: statement.from, to: statement.to },
        text: shorten(before.slice(statement.from, statement.to), 200),
        sink: statement.sink,
        verdict: judgement.verdict,
        metrics: judgement.metrics,
        ...(judgement.open ? { open: judgement.open } : {}),
        reason: hindrance ? `${judgement.reason}; not rewritten: ${hindrance.message}` : judgement.reason,
        rewritten: done,
        ...(judgement.metrics.length > 0 ? visibilityOf(statement) : {}),
        ...(endsUnseen(hindrance, plan.program) ? { elsewhere: true } : {}),
      };
    },
  );
  return {
    name: plan.name,
    language: language.name,
    layers: layerPath(layer)
      .map((one) => one.label)
      .filter((label, index, labels) => label !== labels[index - 1]),
    pointer: outermostOf(layer).pointer ?? '',
    range: outermostRange(layer, 0, layer.text.length),
    before,
    after,
    ...(applied && plan.everyLine ? { everyLine: true } : {}),
    statements,
  };
}

function visibilityOf(statement: OutputStatement): Pick<StatementReport, 'hidden' | 'doubtful'> {
  if (statement.hidden?.() !== undefined) return { hidden: true };
  const doubtful = statement.doubtful?.();
  return doubtful === undefined ? {} : { doubtful };
}

/** What people should know of one script beyond its statements. */
export function diagnoseScript({ plan, lines }: PlannedScript): readonly Diagnostic[] {
  const { document, name } = plan;
  const at = (range: Range) => placeIn(name, lines, range);
  const found: Diagnostic[] = [];
  if (document.problem)
    found.push(diagnose(document.problem.code, document.problem.message, at(document.problem.range)));
  if (plan.hindrance) found.push(diagnose(plan.hindrance.code, plan.hindrance.message, { script: name }));
  if (plan.addsLine)
    found.push(
      diagnose('line-numbers-moved', 'The prelude takes a line of its own: line numbers grow by one.', {
        script: name,
        // the prelude comes first of all edits
        line: lines.lineAt(plan.edits[0]?.from ?? 0),
      }),
    );
  const told = new Set<string>();
  for (const { statement, judgement, hindrance } of plan.statements) {
    if (plan.hindrance) break;
    const compiled =
      statement.never && judgement.mayWrite.some((one) => one !== '*') ? statement.never : undefined;
    if (hindrance && hindrance.code !== 'not-rewritable') {
      if (!told.has(hindrance.code))
        found.push(diagnose(hindrance.code, `${name}: ${hindrance.message}.`, at(statement)));
      told.add(hindrance.code);
    } else if (hindrance ?? compiled) {
      const reason = hindrance?.message ?? compiled;
      found.push(diagnose('not-rewritable', `${statement.sink} is not rewritten: ${reason}.`, at(statement)));
    }
  }
  for (const range of document.unusedSuppressions())
    found.push(diagnose('unused-suppression', 'No output statement uses this comment.', at(range)));
  for (const output of document.unreadable())
    found.push(diagnose('unreadable-output', `${output.sink}: ${output.reason}.`, at(output)));
  for (const range of document.escapes?.() ?? []) {
    const stream = document.text.slice(range.from, range.to);
    const read = plan.everyLine ? 'every line is read' : 'what code elsewhere writes through it is not read';
    found.push(diagnose('stream-gets-away', `${stream} gets away here: ${read}.`, at(range)));
  }
  return found;
}

/** The place of a range, with its line and a frame. */
export function placeIn(script: string, lines: Lines, range: Range): Place {
  return {
    script,
    range: { from: range.from, to: range.to },
    line: lines.lineAt(range.from),
    frame: frameAt(lines, range),
  };
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = /[\ud800-\udbff]$/.test(text.slice(0, length)) ? length - 1 : length;
  return `${text.slice(0, cut)}…`;
}

/** A program that could not be followed, with its place in the text that runs it. */
export interface PlacedUnknown {
  readonly program: UnknownProgram;
  readonly place: Place;
}

/** The programs that could not be followed, in order. One text may run many of them: its lines are found once. */
export function placeUnknown(programs: readonly Program[]): readonly PlacedUnknown[] {
  const known = new Map<Layer, Lines>();
  return programs
    .filter((program) => program.kind === 'unknown')
    .map((program) => {
      const { layer, range } = program;
      const lines = known.get(layer) ?? splitLines(layer.text, 'any');
      known.set(layer, lines);
      return { program, place: placeIn(layer.label, lines, range) };
    });
}
