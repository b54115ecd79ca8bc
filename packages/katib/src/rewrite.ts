import type { Language } from '@katib-push/core';
import { loadLanguages } from './load-languages.ts';
import type { RewriteOptions } from './policy/settings.ts';
import type { ExperimentRewrite } from './report-experiment.ts';
import { rewriteWith, wrapTemplateWith } from './rewrite-experiment.ts';
import { rewriteTrialWith, type TrialRewrite } from './rewrite-trial.ts';

let languages: Promise<readonly Language[]> | undefined;

/** The languages, loaded at the first use and kept. */
export function sharedLanguages(): Promise<readonly Language[]> {
  languages ??= loadLanguages();
  return languages;
}

/**
 * Rewrites one Experiment so that its trials push the metrics that they print.
 *
 * @param experiment a parsed manifest; never mutated
 * @param options defaults: likely coverage, output kept, delivery chosen per script
 * @returns the new Experiment, the JSON Patch that leads to it, and the report; never rejects on what the user gave
 */
export async function rewriteExperiment(
  experiment: unknown,
  options: RewriteOptions = {},
): Promise<ExperimentRewrite> {
  return rewriteWith(await sharedLanguages(), experiment, options);
}

/**
 * As `rewriteExperiment`, for a cluster in which nobody reviews Trials: where the container way is taken, the template
 * itself is put under the shim. The result runs as it is.
 */
export async function wrapTemplate(
  experiment: unknown,
  options: RewriteOptions = {},
): Promise<ExperimentRewrite> {
  return wrapTemplateWith(await sharedLanguages(), experiment, options);
}

/**
 * Puts one Trial under the shim, as Katib creates it. Only a Trial with the label `katib-push.io/capture: container`.
 *
 * @param trial as it is reviewed; never mutated
 * @returns the new Trial, a JSON Patch that applies to the given one, and the report; never rejects on what is given
 */
export async function rewriteTrial(trial: unknown, options: RewriteOptions = {}): Promise<TrialRewrite> {
  return rewriteTrialWith(await sharedLanguages(), trial, options);
}
