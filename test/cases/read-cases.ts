import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type CaseFolder, readCaseFolders } from '../case-folder.ts';

/** The folder of the whole-Experiment cases. */
export const casesFolder = join(import.meta.dirname, '../../fixtures/experiments');

/** One case: an Experiment and what has to come of it. */
export type Case = CaseFolder<Described> & {
  /** The manifest's text. */
  readonly input: string;
  /** The parsed manifest. */
  readonly experiment: unknown;
};

interface Described {
  readonly runnable: boolean;
  /** `partial`: rewritten, though not all of it. `captured`: labels for the review of its Trials, the spec as it is. */
  readonly expect: 'rewritten' | 'captured' | 'unchanged' | 'partial' | 'failed';
  /** Codes that the diagnostics have to hold. */
  readonly codes: readonly string[];
  /** Set where the case has a Trial: what Katib adds to it beside what the Experiment says. */
  readonly trial?: Readonly<Record<string, unknown>>;
  /** Parameters for a run. */
  readonly set: Readonly<Record<string, string>>;
}

/** All cases, by name. */
export function readCases(): readonly Case[] {
  return readCaseFolders<Omit<Described, 'codes' | 'set'>>(casesFolder).map((one) => {
    const input = readFileSync(join(one.folder, 'input.yaml'), 'utf8');
    return { codes: [], set: {}, ...one, input, experiment: parse(input) };
  });
}
