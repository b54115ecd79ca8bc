import { diagnose } from './diagnostics/diagnose.ts';
import type { Diagnostic, Place } from './diagnostics/diagnostic.ts';
import type { Edit } from './edits/edit.ts';
import type { Delivery, Language, Program, TextProgram, Unwrap } from './language/language.ts';
import { outermostOf } from './layers/layer.ts';
import { splitLines } from './layers/lines.ts';
import { originalText } from './layers/original-text.ts';
import { withoutStandIns } from './layers/stand-in.ts';
import type { Filters } from './match/filters.ts';
import type { Coverage } from './match/judge.ts';
import { planScript, type ScriptPlan } from './plan/plan-script.ts';
import { findLeftBehind, type LeftBehind } from './policy/left-behind.ts';
import { diagnoseFormats } from './report/diagnose-formats.ts';
import { diagnoseNearMisses } from './report/diagnose-near-misses.ts';
import type { ScriptsReport } from './report/report.ts';
import { reportFormats } from './report/report-formats.ts';
import { reportMetrics } from './report/report-metrics.ts';
import { diagnoseScript, type PlannedScript, placeIn, reportScript } from './report/report-scripts.ts';
import { applyProven, type Refuse } from './verify/apply-proven.ts';
import { verifyScript } from './verify/verify-script.ts';

export interface RewriteOptions {
  readonly filters: Filters;
  /** Default `likely`. */
  readonly coverage?: Coverage;
  /** The languages of programs that the texts may run. Default: each its own. */
  readonly languages?: readonly Language[];
  /** How the client reaches the process that runs a program. Default: `env` for all. */
  readonly delivery?: (program: TextProgram, language: Language) => Delivery;
}

export interface Rewritten {
  /** New outermost strings by JSON pointer; only those that changed. */
  readonly strings: ReadonlyMap<string, string>;
  /** The edits that lead to them, by JSON pointer, in the coordinates of the strings before; sorted. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly report: ScriptsReport;
  /** The plans that were applied, for policies that look closer. Their documents are disposed. */
  readonly scripts: readonly ScriptPlan[];
  readonly programs: readonly Program[];
  /** What stays as it is though it may write a wanted metric; the likeliest loss first. */
  readonly leftBehind: readonly LeftBehind[];
  /** The first place where a script reports metrics by itself; absent if none does. */
  readonly reportsItself?: Place;
}

/**
 * The whole rewrite: unwrap ─▶ parse ─▶ detect ─▶ match ─▶ plan ─▶ apply ─▶ verify.
 * Never throws on user code: a script that can't be rewritten, or whose rewrite can't be proven, keeps its bytes.
 */
export function rewritePrograms(unwrap: Unwrap, options: RewriteOptions): Rewritten {
  const planning = {
    filters: options.filters,
    coverage: options.coverage ?? 'likely',
    delivery: options.delivery ?? (() => ({ kind: 'env' as const })),
  };
  const programs = unwrap(new Map());
  const plans: ScriptPlan[] = [];
  try {
    for (const program of programs) {
      if (program.kind !== 'text') continue;
      const { interpreter, layer, name } = program;
      const document = program.language.parse(layer.text, {
        opaque: layer.opaque,
        name,
        role: program.role,
        ...(interpreter ? { interpreter } : {}),
        ...(options.languages ? { languages: options.languages } : {}),
      });
      plans.push(planScript(program, document, planning));
    }
    const names = uniqueNames(plans);
    const nameOf = (program: TextProgram): string =>
      names[plans.findIndex((plan) => plan.program === program)] ?? program.name;
    const diagnostics: Diagnostic[] = [];
    const refuse: Refuse = (code, { program }, reason) => {
      const script = nameOf(program);
      diagnostics.push(diagnose(code, `${script}: ${reason}.`, { script }));
    };
    const sound = plans.filter((plan) => {
      const fault = plan.edits.length > 0 ? verifyScript(plan) : undefined;
      if (fault) refuse('verification-failed', plan, fault);
      return !fault;
    });
    const proven = applyProven(sound, programs, unwrap, nameOf, refuse);
    const kept = new Set(proven.plans);
    const planned = plans.map(
      (plan, index): PlannedScript => ({
        plan,
        name: names[index] as string,
        lines: splitLines(originalText(plan.program.layer), 'any'),
        kept: kept.has(plan),
      }),
    );
    const { scripts, formats } = reportFormats(plans, planned.map(reportScript), options.filters);
    const metrics = reportMetrics(options.filters.metrics, scripts, planning.coverage, formats);
    const itself = planned.flatMap(({ plan, name, lines }) => {
      const range = plan.document.problem ? undefined : plan.document.reportsItself();
      return range ? [placeIn(name, lines, range)] : [];
    })[0];
    return {
      strings: proven.strings,
      edits: proven.edits,
      scripts: proven.plans,
      programs,
      leftBehind: findLeftBehind(programs, planned, options.filters),
      ...(itself ? { reportsItself: itself } : {}),
      report: {
        scripts,
        metrics,
        ...(formats ? { formats } : {}),
        diagnostics: [
          ...diagnostics,
          ...(formats ? diagnoseFormats(formats, options.filters) : []),
          ...planned.flatMap(diagnoseScript),
          ...diagnoseNearMisses(planned, metrics),
          ...programs.flatMap(diagnoseUnknown),
        ],
      },
    };
  } finally {
    for (const plan of plans) plan.document.dispose();
  }
}

function uniqueNames(plans: readonly ScriptPlan[]): readonly string[] {
  const seen = new Map<string, number>();
  return plans.map(({ program }) => {
    const count = (seen.get(program.name) ?? 0) + 1;
    seen.set(program.name, count);
    return count === 1 ? program.name : `${program.name} (${count})`;
  });
}

function diagnoseUnknown(program: Program): readonly Diagnostic[] {
  if (program.kind !== 'unknown') return [];
  const lines = splitLines(program.layer.text, 'any');
  const place = placeIn(program.layer.label, lines, program.range);
  return [
    diagnose(program.code, `${withoutStandIns(program.command)}: ${program.reason}.`, {
      ...place,
      pointer: outermostOf(program.layer).pointer ?? '',
    }),
  ];
}
