import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Coverage } from '@katib-push/core';

/** `case.json`: what a case shows and what has to come of it. */
export interface CaseExpectation {
  /** One line. */
  readonly shows: string;
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
export interface LanguageCase extends CaseExpectation {
  readonly name: string;
  readonly folder: string;
  /** Names of the files that are there, sorted. */
  readonly files: readonly string[];
  /** Name of the input: `input.py`. */
  readonly input: string;
  readonly text: string;
}

const usual: Omit<CaseExpectation, 'shows' | 'expect'> = {
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
  const folder = typeof fixtures === 'string' ? fixtures : fileURLToPath(fixtures);
  if (!existsSync(folder))
    throw new Error(`${folder} is missing: make it, with one directory per case (input.*, case.json)`);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readCase(join(folder, entry.name), entry.name, defaults))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readCase(folder: string, name: string, defaults: Partial<CaseExpectation>): LanguageCase {
  const files = readdirSync(folder).sort();
  const inputs = files.filter((file) => file.startsWith('input.'));
  const [input] = inputs;
  if (!input || inputs.length > 1)
    throw new Error(`${folder} holds ${inputs.length} files input.*: a case has exactly one`);
  const path = join(folder, 'case.json');
  if (!existsSync(path))
    throw new Error(`${path} is missing: {"shows": "<one line>", "expect": "rewritten" or "unchanged"}`);
  const described: Partial<CaseExpectation> = JSON.parse(readFileSync(path, 'utf8'));
  const { shows, expect } = described;
  if (!shows || (expect !== 'rewritten' && expect !== 'unchanged'))
    throw new Error(`${path} needs "shows", one line, and "expect": "rewritten" or "unchanged"`);
  const text = readFileSync(join(folder, input), 'utf8');
  return { ...usual, ...defaults, ...described, shows, expect, name, folder, files, input, text };
}
