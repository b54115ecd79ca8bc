import type { Rewritten } from '@katib-push/core';
import { isPush } from '../collector.ts';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import type { Settings } from '../policy/settings.ts';
import type { Experiment } from '../read-experiment.ts';

/**
 * That a script whose output is read reports metrics itself, too: rows would double. With Katib's sidecar they do so today;
 * where the collector is Push it would be new.
 */
export function noteOwnReports(
  { collector }: Experiment,
  { deliver }: Settings,
  { reportsItself }: Pick<Rewritten, 'reportsItself'>,
): readonly Diagnostic[] {
  if (!reportsItself || deliver === 'if-none') return [];
  const { script, line } = reportsItself;
  const wasPush = isPush(collector);
  const twice = wasPush ? 'is stored twice' : 'is stored twice, as with the sidecar';
  return [
    diagnose(
      'reports-itself',
      `${script} pushes metrics itself, at line ${line}; what it prints too ${twice}.`,
      {
        ...reportsItself,
        severity: wasPush ? 'warning' : 'info',
        hint: 'Set katib-push.io/deliver: if-none, which pushes what is printed only where nothing was reported.',
      },
    ),
  ];
}
