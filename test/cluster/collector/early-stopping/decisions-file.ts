import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision, Stream } from './stream.ts';

const file = join(import.meta.dirname, 'katib-decisions.jsonl');

/** A stream with what Katib's collector decides. */
export interface Decided {
  readonly stream: Stream;
  readonly decision: Decision;
}

/** What is kept of Katib's decisions: a JSON line for each stream; nothing where there is none yet. */
export function readDecisions(): readonly Decided[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { decision, rules, ...stream } = JSON.parse(line);
      const named = rules.map(([name, comparison, value, startStep]: [string, string, string, number]) => ({
        ...{ name, comparison, value, startStep },
      }));
      return { stream: { ...stream, rules: named }, decision };
    });
}

/** Writes the file anew, and returns how many lines were not there before. */
export function writeDecisions(decided: readonly Decided[]): number {
  const before = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
  const lines = decided.map(({ stream, decision }) => {
    const rules = stream.rules.map(({ name, comparison, value, startStep }) => [
      name,
      comparison,
      value,
      startStep,
    ]);
    return JSON.stringify({ decision, ...stream, rules });
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return lines.filter((line) => !before.has(line)).length;
}
