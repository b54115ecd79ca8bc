import type { Rewritten } from '@katib-push/core';
import { noteSource } from './advice/note-source.ts';
import type { Analysis } from './analyse-scripts.ts';
import type { Attempted } from './attempt.ts';
import { applyPatch } from './change/build-patch.ts';
import { changeExperiment } from './change/change-experiment.ts';
import { pushKind } from './change/set-collector.ts';
import type { Attempt } from './decide/decide-way.ts';
import { diagnose } from './diagnostics/diagnose.ts';
import { leaveAll } from './leave-scripts.ts';
import { decideAfter } from './policy/decide-after.ts';
import { findOversize } from './policy/find-oversize.ts';
import { summarize } from './summarize.ts';

/** Puts a rewrite of the scripts into effect, if nothing speaks against it. */
export function attemptSource(kind: Attempt['kind'], analysis: Analysis): Attempted {
  const { rewritten, report } = analysis;
  const { given, experiment, settings } = analysis.work;
  const objection = decideAfter(kind, settings, rewritten);
  if (objection) return { objection, report: leaveAll(report) };
  const patch = changeExperiment(analysis);
  if (patch.length === 0)
    return { objection: diagnose('already-rewritten', 'The scripts are rewritten already.'), report };
  const result = applyPatch(given, patch);
  const oversize = findOversize(patch, given, result, settings.maxGrowth);
  if (oversize) return { objection: oversize, report: leaveAll(report) };
  return {
    patch,
    experiment: result,
    summary: summarize(report, experiment),
    collector: pushKind(settings),
    delivery: deliveryOf(rewritten),
    report,
    notes: noteSource(kind, analysis),
  };
}

/** How the clients reach the trial; where they do so in several ways, one that is not the usual. */
function deliveryOf({ scripts }: Rewritten): 'env' | 'inline' | 'image' {
  const kinds = scripts.filter(({ edits }) => edits.length > 0).map(({ delivery }) => delivery.kind);
  return kinds.find((kind) => kind !== 'env') ?? 'env';
}
