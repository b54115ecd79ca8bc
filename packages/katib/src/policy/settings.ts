import { nearMatch } from '@katib-push/core';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { pointerOf } from '../json-pointer.ts';
import type { Experiment } from '../read-experiment.ts';
import {
  annotationPrefix,
  type Choice,
  type ChoiceName,
  captureLabel,
  choices,
  deliverLabel,
  labels as labelled,
  oldCoverage,
  rewriteLabel,
  type Way,
  ways,
} from './choices.ts';

/**
 * What the caller of `rewriteExperiment` and `rewriteTrial` may set. Annotations of the Experiment win, then its labels;
 * `ways` is a ceiling that nothing raises.
 */
export interface RewriteOptions {
  /** The ways that are allowed at all. Default both. */
  readonly ways?: readonly Way[];
  /**
   * When rows are handed on, container way only. `live`: as they are read. `success`: after exit code 0, as the sidecar
   * does. `if-none`: then, and only if nobody else reported. Default `live`. Annotation and label `katib-push.io/deliver`.
   */
  readonly deliver?: Choice<'deliver'>;
  /** What is read: what likely statements write, or every line. Default `likely`. Annotation `katib-push.io/coverage`. */
  readonly coverage?: Choice<'coverage'>;
  /** Whether what is pushed is still printed. Default `keep`. Annotation `katib-push.io/output`. */
  readonly output?: Choice<'output'>;
  /** How the client reaches the trial. Default `auto`: `env`, and `inline` where something in front may drop the environment. Annotation `katib-push.io/delivery`. */
  readonly delivery?: Choice<'delivery'>;
  /** Writes the collector kind `None` and the label that turns the injection off, for Katib before 0.18. Default false. */
  readonly legacyCollector?: boolean;
  /** As if the annotation `katib-push.io/rewrite: enabled` were there. Default false. */
  readonly enable?: boolean;
  /** `host:port` of the DB manager, where it is not `katib-db-manager.kubeflow:6789`. */
  readonly address?: string;
  /** Scripts above this many UTF-16 code units are left alone. Default 1 048 576. */
  readonly maxScriptLength?: number;
  /** Bytes of JSON by which an Experiment may grow; one that would grow more is left alone. Default 262 144. */
  readonly maxGrowth?: number;
}

/** The options that hold for one Experiment. */
export interface Settings {
  readonly rewrite: Choice<'rewrite'> | 'default';
  /**
   * Which way to go: `container` is the user's word that the image has an interpreter for the shim, `off` is none. The
   * label `katib-push.io/capture: container` asks for a push as well.
   */
  readonly capture: Choice<'capture'>;
  readonly ways: readonly Way[];
  readonly deliver: Choice<'deliver'>;
  readonly coverage: Choice<'coverage'>;
  readonly output: Choice<'output'>;
  readonly delivery: Choice<'delivery'>;
  /** Whether filters that read what is printed are taken without being asked about each; where the collector is Push. */
  readonly formats: Choice<'formats'>;
  readonly legacyCollector: boolean;
  readonly address?: string;
  readonly maxScriptLength: number;
  readonly maxGrowth: number;
}

/**
 * What holds for one Experiment: the label against it, else its annotations, else its labels, else the options, else the
 * defaults. An unknown value is an error: guessing what was meant may lose metrics.
 */
export function readSettings(
  { annotations, labels }: Experiment,
  options: RewriteOptions,
): { readonly settings?: Settings; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const take = <Value extends string>(
    origin: Origin,
    name: string,
    given: string | undefined,
    allowed: readonly Value[],
  ): Value | undefined => {
    const found = allowed.find((value) => value === given);
    if (given !== undefined && found === undefined) diagnostics.push(refuse(origin, name, given, allowed));
    return found;
  };
  const said = <Name extends ChoiceName>(name: Name) =>
    take<Choice<Name>>('annotation', name, annotations[annotationPrefix + name], choices[name].values);
  const option = <Name extends ChoiceName & keyof RewriteOptions>(name: Name): Choice<Name> =>
    take<Choice<Name>>('option', name, options[name], choices[name].values) ?? choices[name].values[0];
  const captured = take('label', 'capture', labels[captureLabel], labelled.capture.values);
  const delivered = take('label', 'deliver', labels[deliverLabel], labelled.deliver.values);
  const asked = said('rewrite') ?? (options.enable || captured ? 'enabled' : choices.rewrite.absent);
  const settings: Settings = {
    rewrite: labels[rewriteLabel] === 'disabled' ? 'disabled' : asked,
    capture: said('capture') ?? captured ?? 'auto',
    ways: options.ways ?? ways,
    deliver: said('deliver') ?? delivered ?? option('deliver'),
    coverage:
      annotations[`${annotationPrefix}coverage`] === oldCoverage
        ? 'output'
        : (said('coverage') ?? option('coverage')),
    output: said('output') ?? option('output'),
    delivery: said('delivery') ?? option('delivery'),
    formats: said('formats') ?? 'given',
    legacyCollector: options.legacyCollector ?? false,
    ...(options.address === undefined ? {} : { address: options.address }),
    maxScriptLength: options.maxScriptLength ?? 1_048_576,
    maxGrowth: options.maxGrowth ?? 262_144,
  };
  return diagnostics.length > 0 ? { diagnostics } : { settings, diagnostics };
}

type Origin = 'annotation' | 'label' | 'option';

function refuse(origin: Origin, name: string, given: string, allowed: readonly string[]): Diagnostic {
  const key = origin === 'option' ? name : annotationPrefix + name;
  const other = Object.entries(choices).find(([, { values }]) =>
    (values as readonly string[]).includes(given),
  );
  const meant = nearMatch(given, allowed) || (other ? `; did you mean ${annotationPrefix}${other[0]}?` : '.');
  return diagnose('invalid-field', `The ${origin} ${key} is ${JSON.stringify(given)}.`, {
    ...(origin === 'option' ? {} : { pointer: pointerOf(['metadata', `${origin}s`, key]) }),
    hint: `Use one of: ${allowed.join(', ')}${meant}`,
  });
}
