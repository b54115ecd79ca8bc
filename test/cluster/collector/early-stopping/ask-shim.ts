import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compileFilters } from '@katib-push/core';
import { shimSource, shimVariable, usualShimNeeds } from '@katib-push/shim';
import { python } from '../../../../packages/shim/test/interpreters.ts';
import type { Stream } from './stream.ts';

/** What the shim makes of a stream. */
export interface ShimReading {
  /** The line at which it stops; null where it doesn't. */
  readonly stop: number | null;
  /** What it reports of the lines until then, `name=value`. */
  readonly rows: readonly string[];
}

const needs = {
  ...usualShimNeeds,
  ...{ file: true, json: true, held: true, customFilters: true, earlyStopping: true },
};

/** What the shim's own code decides about each stream, in one process for all. */
export function askShim(streams: readonly Stream[]): readonly ShimReading[] {
  const asked = streams.map(({ names, type, filters, format, rules, lines }) => {
    const config = {
      metrics: names,
      filters: compileFilters(names, filters).filters?.portable ?? null,
      objectiveType: type,
      rules,
      file: format === 'JSON' ? { path: '/none', format } : {},
    };
    return JSON.stringify({ config, lines });
  });
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, 'read_stream.py')], {
    input: `${asked.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { PATH: process.env.PATH, KATIB_PUSH_SPILL: 'off', [shimVariable]: shimSource(needs) },
  });
  if (status !== 0) throw new Error(`the shim ended with ${status}:\n${stderr}`);
  const answers = stdout.trimEnd().split('\n');
  return answers.map((line) => {
    const { stop, rows } = JSON.parse(line) as { stop: number | null; rows: [string, string][] };
    return { stop, rows: rows.map((row) => row.join('=')) };
  });
}
