import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The folder of the whole-Experiment cases. */
export const casesFolder = join(import.meta.dirname, '../../fixtures/experiments');

/** One case: an Experiment and what has to come of it. */
export interface Case {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
  /** The manifest's text. */
  readonly input: string;
  /** The parsed manifest. */
  readonly experiment: unknown;
  readonly shows: string;
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
  return readdirSync(casesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readCase(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readCase(name: string): Case {
  const folder = join(casesFolder, name);
  const input = readFileSync(join(folder, 'input.yaml'), 'utf8');
  const described = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  return {
    codes: [],
    set: {},
    ...described,
    name,
    folder,
    files: readdirSync(folder).sort(),
    input,
    experiment: parse(input),
  };
}
