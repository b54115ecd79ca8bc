import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { pointerOf, valueAt } from '../json-pointer.ts';
import type { Way } from '../policy/choices.ts';
import type { Settings } from '../policy/settings.ts';
import type { Experiment } from '../read-experiment.ts';

/**
 * Where a Job starts anew what has failed, what the failed attempt has pushed stays, and joins the rows of the next one. Katib
 * without a push stores nothing of it. Only a number that the manifest gives is told: Katib's own examples give none.
 */
export function noteRetries(
  { trialSpec, subject }: Experiment,
  settings: Settings,
  way: Way,
): readonly Diagnostic[] {
  const limit = valueAt(trialSpec, ['spec', 'backoffLimit']);
  if (valueAt(trialSpec, ['kind']) !== 'Job' || typeof limit !== 'number' || limit < 1) return [];
  if (way === 'container' && settings.deliver !== 'live') return [];
  const hint =
    way === 'container'
      ? 'Set katib-push.io/deliver: success, so that only an attempt that succeeds pushes; or backoffLimit: 0.'
      : 'Set backoffLimit: 0, so that a trial that fails has failed.';
  return [
    diagnose(
      'retries-add-rows',
      `The Job starts anew up to ${limit} ${limit === 1 ? 'time' : 'times'}: rows of failed attempts stay.`,
      { pointer: pointerOf([...subject.job, 'spec', 'backoffLimit']), hint },
    ),
  ];
}
