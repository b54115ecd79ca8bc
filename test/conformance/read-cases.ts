import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Coverage } from '@katib-push/core';
import { type CaseFolder, readCaseFolders } from '../case-folder.ts';

/** `case.json`: what a case shows and what has to come of it. */
export interface CaseExpectation {
  /** `rewritten`: the text changes, or, where there is no client, a wanted statement is found. `unchanged`: neither. */
  readonly expect: 'rewritten' | 'unchanged';
  /** Wanted metrics, the objective first. Default: `loss`, `accuracy`. */
  readonly metrics: readonly string[];
  /** `metricsFormat`; default: Katib's own filter. */
  readonly filters: readonly string[];
  /** Default `likely`. */
  readonly coverage: Coverage;
  /** Whether the text runs to its end by itself, within 2 seconds and the same every time. Default false. */
  readonly runnable: boolean;
  /** Of a runnable text: rows per metric that the collector reads from what it writes. Default: none. */
  readonly observed: Readonly<Record<string, number>>;
  /** The name of a sink that the text makes its own: `print`. Default: none. */
  readonly shadows?: string;
}

/** One case: a directory with a text and what comes out of it. */
export type LanguageCase = CaseFolder<CaseExpectation> & {
  /** Name of the input: `input.py`. */
  readonly input: string;
  readonly text: string;
};

const usual: Omit<CaseExpectation, 'expect'> = {
  metrics: ['loss', 'accuracy'],
  filters: [],
  coverage: 'likely',
  runnable: false,
  observed: {},
};

/** All cases of a folder, by name. Throws where a case lacks its input or its description, and says what to write. */
export function readCases(
  fixtures: string | URL,
  defaults: Partial<CaseExpectation> = {},
): readonly LanguageCase[] {
  const root = typeof fixtures === 'string' ? fixtures : fileURLToPath(fixtures);
  return readCaseFolders<CaseExpectation>(root).map((one) => {
    const { folder, expect, entries } = one;
    const [input, ...others] = entries.filter((file) => file.startsWith('input.'));
    if (!input || others.length > 0) throw new Error(`${folder} needs one file input.*, and no second one`);
    if (expect !== 'rewritten' && expect !== 'unchanged')
      throw new Error(`${folder}/case.json needs "expect": "rewritten" or "unchanged"`);
    return { ...usual, ...defaults, ...one, input, text: readFileSync(join(folder, input), 'utf8') };
  });
}
