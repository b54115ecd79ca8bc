import { nearMatch, type SureCommand } from '@katib-push/core';
import { collectorKinds, isPush, readsLines } from '../collector.ts';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { pointerOf } from '../json-pointer.ts';
import { annotationPrefix, type Way } from '../policy/choices.ts';
import type { Settings } from '../policy/settings.ts';
import type { Experiment } from '../read-experiment.ts';

/** What a decision looks at: nothing of it is a trial's value, or the text of a script. */
export interface Facts {
  readonly experiment: Pick<Experiment, 'collector' | 'sharesFolder' | 'earlyStopping' | 'subject'>;
  readonly settings: Pick<Settings, 'rewrite' | 'capture' | 'ways'>;
  /** The interpreter among the container's words; or the diagnostic that says why no words can be read. */
  readonly interpreter: SureCommand | Diagnostic;
}

/**
 * One thing to try.
 *
 * - `container`: the command runs under the shim.
 * - `container-if-printed`: the same, where a script that can be seen prints what the trial wants and doesn't report it.
 * - `source`: the statements of the scripts that can be seen are wrapped, as many as can be.
 * - `lossless-source`: the same, where nothing that may print what the trial wants stays behind.
 * - `complete-source`: the same, and the objective has a source for certain.
 */
export interface Attempt {
  readonly kind: 'container' | 'container-if-printed' | 'source' | 'lossless-source' | 'complete-source';
  readonly way: Way;
  /** Why this way, one sentence without a full stop. */
  readonly reason: string;
}

/** What to try, in this order, and why the Experiment stays as it is where nothing of it works. */
export interface Decision {
  readonly attempts: readonly Attempt[];
  /** Absent where the last attempt has a reason of its own. */
  readonly refusal?: Diagnostic;
}

const attempts = {
  asserted: {
    kind: 'container',
    way: 'container',
    reason: 'the annotation or label katib-push.io/capture says container',
  },
  certain: { kind: 'container', way: 'container', reason: 'an interpreter is certain to be there' },
  printed: {
    kind: 'container-if-printed',
    way: 'container',
    reason: 'the script prints what only the container way reads, and an interpreter is certain to be there',
  },
  chosen: { kind: 'source', way: 'source', reason: 'the annotation katib-push.io/capture says source' },
  lossless: {
    kind: 'lossless-source',
    way: 'source',
    reason: 'the annotation katib-push.io/capture says source',
  },
  pushes: { kind: 'source', way: 'source', reason: 'the metrics collector is Push' },
  complete: {
    kind: 'complete-source',
    way: 'source',
    reason: 'no interpreter is certain to be there, and all that the script prints can be rewritten',
  },
  forced: {
    kind: 'complete-source',
    way: 'source',
    reason: 'no interpreter is certain to be there, and the annotation katib-push.io/rewrite says forced',
  },
} as const satisfies Record<string, Attempt>;

/** Which way an Experiment goes; total, and the same for the same facts. The table is in ARCHITECTURE.md. */
export function decideWay(facts: Facts): Decision {
  const { experiment, settings } = facts;
  const refusal = refuse(facts);
  if (refusal) return { attempts: [], refusal };
  const { attempts: wanted, refusal: last } = isPush(experiment.collector)
    ? fromPush(facts)
    : fromOutput(facts);
  const allowed = wanted.filter(({ way }) => settings.ways.includes(way));
  if (wanted.length === 0 || allowed.length > 0)
    return { attempts: allowed, ...(last ? { refusal: last } : {}) };
  const barred = diagnose(
    'way-not-allowed',
    `The ${wanted[0]?.way} way is not allowed here: ${settings.ways.join(', ') || 'none'} is.`,
  );
  return { attempts: [], refusal: barred };
}

/** Why an Experiment is left alone whatever its container runs. */
function refuse({ experiment, settings }: Facts): Diagnostic | undefined {
  const { collector, subject } = experiment;
  const pointer = pointerOf([...subject.collector, 'collector', 'kind']);
  if (settings.rewrite === 'disabled')
    return diagnose('disabled', 'The annotation or label katib-push.io/rewrite says disabled.');
  if (settings.capture === 'off')
    return diagnose('disabled', 'The annotation katib-push.io/capture says off.', {
      pointer: pointerOf(['metadata', 'annotations', `${annotationPrefix}capture`]),
      hint: 'Remove the annotation katib-push.io/capture: off to have it rewritten.',
    });
  const kind = collectorKinds.find((one) => one === collector);
  if (!kind)
    return diagnose(
      'other-collector',
      `Katib knows no metrics collector ${JSON.stringify(collector)}${nearMatch(collector, collectorKinds) || '.'}`,
      { pointer, hint: `Use one of: ${collectorKinds.join(', ')}.` },
    );
  if (isPush(kind)) return undefined;
  if (kind === 'File' && settings.capture === 'source')
    return diagnose(
      'other-collector',
      'The metrics collector File reads a file, which the source way does not.',
      {
        pointer,
        hint: 'Remove the annotation katib-push.io/capture: source: the container way reads the file.',
      },
    );
  if (!readsLines(kind))
    return diagnose(
      'other-collector',
      `The metrics collector is ${JSON.stringify(collector)}: metrics don't come from the output.`,
      { pointer },
    );
  if (settings.rewrite === 'default')
    return diagnose('not-enabled', `The metrics collector is ${kind}, and nothing asks for a rewrite.`);
  if (experiment.sharesFolder)
    return diagnose(
      'needs-sidecar-volume',
      'The algorithm keeps a folder between trials (suggestion_trial_dir), which trials that push do not get.',
      { pointer: subject.kind === 'Trial' ? '/metadata/labels' : '/spec/algorithm/algorithmSettings' },
    );
  return undefined;
}

/** StdOut and File: "read my output". */
function fromOutput({ experiment, settings, interpreter }: Facts): Decision {
  if ('code' in interpreter) return fromUnread(settings, interpreter);
  if (settings.capture === 'source')
    return losesRules(experiment, settings) ? refuseRules() : { attempts: [attempts.lossless] };
  if (settings.capture === 'container') return { attempts: [attempts.asserted] };
  if ('word' in interpreter) return { attempts: [attempts.certain] };
  const unsure = diagnose(
    'no-sure-interpreter',
    `No Python is certain to be there: ${interpreter.hindrance}.`,
  );
  if (experiment.collector === 'File' || losesRules(experiment, settings))
    return { attempts: [], refusal: unsure };
  const source = settings.rewrite === 'forced' ? attempts.forced : attempts.complete;
  return { attempts: [source], refusal: unsure };
}

/** Words that can't be read. Those of a template that is elsewhere are in each Trial: the user's word is enough. */
function fromUnread({ capture }: Facts['settings'], refusal: Diagnostic): Decision {
  const isAsserted = capture === 'container' && refusal.code === 'no-trial-spec';
  return isAsserted ? { attempts: [attempts.asserted] } : { attempts: [], refusal };
}

/** Push: "I report". */
function fromPush({ experiment, settings, interpreter }: Facts): Decision {
  if ('code' in interpreter) return fromUnread(settings, interpreter);
  if (settings.capture === 'container') return { attempts: [attempts.asserted] };
  const isSure = settings.capture === 'auto' && 'word' in interpreter;
  const rules = losesRules(experiment, settings);
  const source = settings.capture === 'source' ? attempts.chosen : attempts.pushes;
  if (rules) return { ...refuseRules(), attempts: isSure ? [attempts.printed] : [] };
  return { attempts: isSure ? [source, attempts.printed] : [source] };
}

/** Whether early stopping would be lost without a word on the source way. */
function losesRules(experiment: Facts['experiment'], { rewrite }: Facts['settings']): boolean {
  return experiment.earlyStopping && rewrite !== 'forced';
}

function refuseRules(): Decision {
  return {
    attempts: [],
    refusal: diagnose(
      'early-stopping',
      'Early stopping is configured: only the sidecar and the container way enforce its rules.',
      { pointer: '/spec/earlyStopping' },
    ),
  };
}
