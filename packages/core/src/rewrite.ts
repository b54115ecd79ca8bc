import type { Place } from './diagnostics/diagnostic.ts';
import type { Edit } from './edits/edit.ts';
import type { Delivery, Language, Program, TextProgram, Unwrap } from './language/language.ts';
import { parsePrograms } from './language/parse-programs.ts';
import type { Filters } from './match/filters.ts';
import { type Coverage, judgeScript } from './match/judge.ts';
import { planScript, type ScriptPlan } from './plan/plan-script.ts';
import { isClosed } from './policy/is-closed.ts';
import { findLeftBehind, type LeftBehind } from './policy/left-behind.ts';
import type { ScriptsReport } from './report/report.ts';
import { findOwnReport, linePlans, reportRewrite } from './report/report-rewrite.ts';
import { placeUnknown } from './report/report-scripts.ts';
import { applyProven } from './verify/apply-proven.ts';

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
  /**
   * Whether nothing but the statements of the report prints, as far as all programs tell. Looked into only where a wanted
   * metric has no sure source; else false.
   */
  readonly isClosed: boolean;
  /** The first place where a script reports metrics by itself; absent if none does. */
  readonly reportsItself?: Place;
}

/**
 * The whole rewrite: unwrap ─▶ parse ─▶ detect, match ─▶ plan ─▶ apply, verify ─▶ report, a line for each arrow.
 * Never throws on user code: a script that can't be rewritten, or whose rewrite can't be proven, keeps its bytes.
 */
export function rewritePrograms(unwrap: Unwrap, options: RewriteOptions): Rewritten {
  const { filters, coverage = 'likely', delivery = () => ({ kind: 'env' }) } = options;
  const programs = unwrap(new Map());
  const scripts = parsePrograms(programs, options.languages);
  try {
    const judged = scripts.map((script) => judgeScript(script, filters));
    const plans = judged.map((script) => planScript(script, { coverage, delivery }));
    const proven = applyProven(plans, programs, unwrap);
    const planned = linePlans(plans, proven);
    const unknown = placeUnknown(programs);
    const itself = findOwnReport(planned);
    const report = reportRewrite(unknown, planned, proven, filters, coverage);
    return {
      strings: proven.strings,
      edits: proven.edits,
      scripts: proven.plans,
      programs,
      report,
      leftBehind: findLeftBehind(unknown, planned, filters),
      isClosed: report.metrics.some(({ covered }) => covered !== 'yes') && isClosed(programs, plans, filters),
      ...(itself ? { reportsItself: itself } : {}),
    };
  } finally {
    for (const { document } of scripts) document.dispose();
  }
}
