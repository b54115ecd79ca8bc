import type { Rewritten } from '@katib-push/core';
import type { Attempt } from '../decide/decide-way.ts';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import type { Experiment } from '../read-experiment.ts';
import { lossesOf } from './decide-after.ts';
import type { Settings } from './settings.ts';

/** Early stopping that nothing enforces, where that is forced. */
export function noteUnenforced({ earlyStopping }: Experiment, { rewrite }: Settings): readonly Diagnostic[] {
  if (!earlyStopping || rewrite !== 'forced') return [];
  return [
    diagnose('early-stopping', 'Forced: the rules of early stopping will stop no trial.', {
      pointer: '/spec/earlyStopping',
      hint: 'Take earlyStopping out, or leave the trials to the sidecar: set the annotation to enabled.',
    }),
  ];
}

/** What `rewrite: forced` passes over, as warnings; empty where nothing is forced. */
export function noteForced(
  kind: Attempt['kind'],
  experiment: Experiment,
  settings: Settings,
  rewritten: Rewritten,
): readonly Diagnostic[] {
  if (settings.rewrite !== 'forced') return [];
  const { reportsItself } = rewritten;
  return [
    ...noteUnenforced(experiment, settings),
    ...(reportsItself
      ? [
          diagnose(
            'reports-itself',
            `Forced: ${reportsItself.script} pushes metrics itself, at line ${reportsItself.line}; what it prints too is stored twice.`,
            {
              ...reportsItself,
              severity: 'warning',
              hint: 'Print or report each metric, not both; or set the annotation to enabled.',
            },
          ),
        ]
      : []),
    ...lossesOf(kind, rewritten).map(({ message, place }) =>
      diagnose('metric-left-behind', `Forced: ${message}; Katib reads it today, and will not.`, {
        ...place,
        hint: 'Have all output read, with katib-push.io/capture: container; or set the annotation to enabled.',
      }),
    ),
  ];
}
