import { type Coverage, type Diagnostic, diagnose, nearMatch } from '@katib-push/core';
import type { Experiment } from '../read-experiment.ts';

/** Prefix of all our annotations. */
export const annotationPrefix = 'katib-push.io/';

/** A value of `katib-push.io/coverage` that is no more; what it read is read by `output`. */
export const oldCoverage = 'exhaustive';

/** What the caller of `rewriteExperiment` may set. Annotations of the Experiment win. */
export interface RewriteOptions {
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

/** The options that hold for one Experiment. */
export interface Settings {
  readonly rewrite: 'default' | 'enabled' | 'disabled' | 'forced';
  readonly coverage: Coverage;
  readonly output: 'keep' | 'drop';
  readonly delivery: 'auto' | 'env' | 'inline' | 'image';
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
  const choose = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const given = experiment.annotations[annotationPrefix + name];
    if (given === undefined && name !== 'rewrite' && !allowed.includes(fallback))
      diagnostics.push(
        diagnose('invalid-field', `The option ${name} is ${JSON.stringify(fallback)}.`, {
          hint: `Use one of: ${allowed.join(', ')}.`,
        }),
      );
    if (given === undefined) return fallback;
    const found = allowed.find((value) => value === given);
    if (found !== undefined) return found;
    diagnostics.push(
      diagnose('invalid-field', `The annotation ${annotationPrefix}${name} is ${JSON.stringify(given)}.`, {
        pointer: `/metadata/annotations/katib-push.io~1${name}`,
        hint: `Use one of: ${allowed.join(', ')}${nearMatch(given, allowed) || '.'}`,
      }),
    );
    return fallback;
  };
  const settings: Settings = {
    rewrite: choose(
      'rewrite',
      ['enabled', 'disabled', 'forced'] as const,
      (options.enable ? 'enabled' : 'default') as 'enabled',
    ),
    coverage:
      experiment.annotations[`${annotationPrefix}coverage`] === oldCoverage
        ? 'output'
        : choose('coverage', ['likely', 'output'], options.coverage ?? 'likely'),
    output: choose('output', ['keep', 'drop'], options.output ?? 'keep'),
    delivery: choose('delivery', ['auto', 'env', 'inline', 'image'], options.delivery ?? 'auto'),
    legacyCollector: options.legacyCollector ?? false,
    ...(options.address === undefined ? {} : { address: options.address }),
    maxScriptLength: options.maxScriptLength ?? 1_048_576,
    maxGrowth: options.maxGrowth ?? 262_144,
  };
  return diagnostics.length > 0 ? { diagnostics } : { settings, diagnostics };
}
