import { type Diagnostic, diagnose, type Place } from '../diagnostics/diagnostic.ts';
import { outermostOf } from '../layers/layer.ts';
import { splitLines } from '../layers/lines.ts';
import { originalText } from '../layers/outermost-range.ts';
import { withoutStandIns } from '../layers/stand-in.ts';
import type { Filters } from '../match/filters.ts';
import type { Coverage } from '../match/judge.ts';
import type { ScriptPlan } from '../plan/plan-script.ts';
import type { Proven } from '../verify/apply-proven.ts';
import { diagnoseFormats } from './diagnose-formats.ts';
import { diagnoseNearMisses } from './diagnose-near-misses.ts';
import type { ScriptsReport } from './report.ts';
import { reportFormats } from './report-formats.ts';
import { reportMetrics } from './report-metrics.ts';
import {
  diagnoseScript,
  type PlacedUnknown,
  type PlannedScript,
  placeIn,
  reportScript,
} from './report-scripts.ts';

/** The plans, as the report needs them. */
export function linePlans(plans: readonly ScriptPlan[], { plans: used }: Proven): readonly PlannedScript[] {
  return plans.map((plan) => ({
    plan,
    lines: splitLines(originalText(plan.program.layer), 'any'),
    kept: used.includes(plan),
  }));
}

/** Says what the rewrite did, and what people should know of the scripts. */
export function reportRewrite(
  unknown: readonly PlacedUnknown[],
  planned: readonly PlannedScript[],
  { refused }: Proven,
  filters: Filters,
  coverage: Coverage,
): ScriptsReport {
  const plans = planned.map(({ plan }) => plan);
  const { scripts, formats } = reportFormats(plans, planned.map(reportScript), filters);
  const metrics = reportMetrics(filters, scripts, coverage, formats);
  return {
    scripts,
    metrics,
    ...(formats ? { formats } : {}),
    diagnostics: [
      ...refused.map(({ code, script, reason }) => diagnose(code, `${script}: ${reason}.`, { script })),
      ...(formats ? diagnoseFormats(formats, filters, metrics) : []),
      ...planned.flatMap(diagnoseScript),
      ...diagnoseNearMisses(planned, metrics, filters),
      ...unknown.map(diagnoseUnknown),
    ],
  };
}

/** The first place where a script reports metrics by itself; absent if none does. */
export function findOwnReport(planned: readonly PlannedScript[]): Place | undefined {
  for (const { plan, lines } of planned) {
    const range = plan.document.problem ? undefined : plan.document.reportsItself();
    if (range) return placeIn(plan.name, lines, range);
  }
  return undefined;
}

function diagnoseUnknown({ program, place }: PlacedUnknown): Diagnostic {
  return diagnose(program.code, `${withoutStandIns(program.command)}: ${program.reason}.`, {
    ...place,
    pointer: outermostOf(program.layer).pointer ?? '',
  });
}
