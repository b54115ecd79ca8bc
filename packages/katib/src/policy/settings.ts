import { type Coverage, nearMatch } from '@katib-push/core';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { pointerOf } from '../json-pointer.ts';
import type { Experiment } from '../read-experiment.ts';

/** Prefix of all our annotations. */
export const annotationPrefix = 'katib-push.io/';

/** A value of `katib-push.io/coverage` that is no more; what it read is read by `output`. */
export const oldCoverage = 'exhaustive';

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
  readonly deliver?: Deliver;
  /** What is read: what likely statements write, or every line. Default `likely`. Annotation `katib-push.io/coverage`. */
  readonly coverage?: Coverage;
  /** Whether what is pushed is still printed. Default `keep`. Annotation `katib-push.io/output`. */
  readonly output?: 'keep' | 'drop';
  /** How the client reaches the trial. Default `auto`: `env`, and `inline` where something in front may drop the environment. Annotation `katib-push.io/delivery`. */
  readonly delivery?: 'auto' | 'env' | 'inline' | 'image';
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

/** How metrics are pushed: the script's statements are rewritten, or the container's command runs under the shim. */
export type Way = 'source' | 'container';
export const ways: readonly Way[] = ['source', 'container'];

/** See {@link RewriteOptions.deliver}. */
export type Deliver = 'live' | 'success' | 'if-none';
const delivers: readonly Deliver[] = ['live', 'success', 'if-none'];

/** The options that hold for one Experiment. */
export interface Settings {
  readonly rewrite: 'default' | 'enabled' | 'disabled' | 'forced';
  /**
   * Which way to go: `container` is the user's word that the image has an interpreter for the shim, `off` is none. The
   * label `katib-push.io/capture: container` asks for a push as well.
   */
  readonly capture: 'auto' | 'container' | 'source' | 'off';
  readonly ways: readonly Way[];
  readonly deliver: Deliver;
  readonly coverage: Coverage;
  readonly output: 'keep' | 'drop';
  readonly delivery: 'auto' | 'env' | 'inline' | 'image';
  /** Whether filters that read what is printed are taken without being asked about each; where the collector is Push. */
  readonly formats: 'given' | 'infer';
  readonly legacyCollector: boolean;
  readonly address?: string;
  readonly maxScriptLength: number;
  readonly maxGrowth: number;
}

/** Merges options and annotations. An unknown value of either is an error: guessing what was meant may lose metrics. */
export function readSettings(
  experiment: Experiment,
  options: RewriteOptions,
): { readonly settings?: Settings; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const { annotations, labels } = experiment;
  const choose = <T extends string>(
    name: string,
    allowed: readonly T[],
    fallback: T,
    of: 'annotation' | 'label' = 'annotation',
  ): T => {
    const given = (of === 'label' ? labels : annotations)[annotationPrefix + name];
    if (given === undefined && isOption(name) && !allowed.includes(fallback))
      diagnostics.push(
        diagnose('invalid-field', `The option ${name} is ${JSON.stringify(fallback)}.`, {
          hint: `Use one of: ${allowed.join(', ')}.`,
        }),
      );
    if (given === undefined) return fallback;
    const found = allowed.find((value) => value === given);
    if (found !== undefined) return found;
    diagnostics.push(
      diagnose('invalid-field', `The ${of} ${annotationPrefix}${name} is ${JSON.stringify(given)}.`, {
        pointer: pointerOf(['metadata', `${of}s`, annotationPrefix + name]),
        hint: `Use one of: ${allowed.join(', ')}${nearMatch(given, allowed) || '.'}`,
      }),
    );
    return fallback;
  };
  const labelled = choose<Settings['capture']>('capture', ['container'], 'auto', 'label');
  const settings: Settings = {
    rewrite: choose(
      'rewrite',
      ['enabled', 'disabled', 'forced'] as const,
      (options.enable || labelled === 'container' ? 'enabled' : 'default') as 'enabled',
    ),
    capture: choose('capture', ['auto', 'container', 'source', 'off'], labelled),
    ways: options.ways ?? ways,
    deliver: choose('deliver', delivers, choose('deliver', delivers, options.deliver ?? 'live', 'label')),
    coverage:
      experiment.annotations[`${annotationPrefix}coverage`] === oldCoverage
        ? 'output'
        : choose('coverage', ['likely', 'output'], options.coverage ?? 'likely'),
    output: choose('output', ['keep', 'drop'], options.output ?? 'keep'),
    delivery: choose('delivery', ['auto', 'env', 'inline', 'image'], options.delivery ?? 'auto'),
    formats: choose('formats', ['given', 'infer'], 'given'),
    legacyCollector: options.legacyCollector ?? false,
    ...(options.address === undefined ? {} : { address: options.address }),
    maxScriptLength: options.maxScriptLength ?? 1_048_576,
    maxGrowth: options.maxGrowth ?? 262_144,
  };
  return diagnostics.length > 0 ? { diagnostics } : { settings, diagnostics };
}

/** What has no option of its own name. */
function isOption(name: string): boolean {
  return name !== 'rewrite' && name !== 'capture' && name !== 'formats';
}
