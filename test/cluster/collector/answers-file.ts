import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_TIME, UNAVAILABLE } from '@katib-push/oracle';
import type { Answer, Cases, Row } from './case.ts';

/** Katib's answers to a part of the generated cases: a JSON line for each group. */
export const answersFile = join(import.meta.dirname, 'katib-answers.jsonl');

/** Cases with what Katib answers to each of their outputs. */
export interface Answered {
  readonly cases: Cases;
  readonly answers: readonly Answer[];
}

/** How an answer is kept: null for the row `unavailable`, a text for a failure; a row has a time only if it is one. */
type Kept = null | string | readonly (readonly [name: string, value: string, time?: string])[];

interface KeptGroup extends Pick<Cases, 'names' | 'filters' | 'format'> {
  /** An output that is no text stands as base64 in a list. */
  readonly outputs: readonly (string | readonly [base64: string])[];
  readonly answers: readonly Kept[];
}

/** What the file holds; nothing where there is none yet. */
export function readAnswers(): readonly Answered[] {
  if (!existsSync(answersFile)) return [];
  const lines = readFileSync(answersFile, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { outputs, answers, ...rest } = JSON.parse(line) as KeptGroup;
    const bytes = outputs.map((output) =>
      typeof output === 'string' ? Buffer.from(output) : Buffer.from(output[0], 'base64'),
    );
    const [objective = ''] = rest.names.join(';').split(';');
    return {
      cases: { from: 'kept', ...rest, outputs: bytes },
      answers: answers.map((kept) => unpack(kept, objective)),
    };
  });
}

/** Writes the file anew. */
export function writeAnswers(groups: readonly Answered[]): void {
  const lines = groups.map(({ cases: { names, filters, format, outputs }, answers }) => {
    const texts = outputs.map((output) => {
      const text = Buffer.from(output).toString();
      return Buffer.from(text).equals(output) ? text : [Buffer.from(output).toString('base64')];
    });
    return JSON.stringify({ names, filters, format, outputs: texts, answers: answers.map(pack) });
  });
  writeFileSync(answersFile, `${lines.join('\n')}\n`);
}

function pack(answer: Answer): Kept {
  if ('failed' in answer) return answer.failed;
  if (isUnavailable(answer)) return null;
  return answer.map(([name, value, time]) => (time === NO_TIME ? [name, value] : [name, value, time]));
}

function unpack(kept: Kept, objective: string): Answer {
  if (kept === null) return [[objective, UNAVAILABLE, NO_TIME]];
  if (typeof kept === 'string') return { failed: kept };
  return kept.map(([name, value, time = NO_TIME]): Row => [name, value, time]);
}

/** Whether nothing is stored but that there was no objective. */
export function isUnavailable(answer: Answer): boolean {
  return !('failed' in answer) && answer.length === 1 && answer[0]?.[1] === UNAVAILABLE;
}
