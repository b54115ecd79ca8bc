import type { Language } from '@katib-push/core';
import { loadLanguages } from './load-languages.ts';
import type { RewriteOptions } from './policy/settings.ts';
import { type ExperimentRewrite, rewriteWith } from './rewrite-experiment.ts';

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
