import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { shimSource, shimVariable, usualShimNeeds } from '@katib-push/shim';
import { onInterrupt } from '../stack/interrupt.ts';
import { type Answered, isUnavailable } from './answers-file.ts';
import type { Answer } from './case.ts';

const python = join(import.meta.dirname, '../../../.venv/bin/python');
const source = shimSource({ ...usualShimNeeds, file: true, json: true, held: true });

/** Where the shim's reader of JSON files finds something else than Katib; a line each. */
export async function compareJsonFiles(answered: readonly Answered[]): Promise<readonly string[]> {
  const child = spawn(python, [join(import.meta.dirname, 'read_json.py')], {
    env: { PATH: process.env.PATH, [shimVariable]: source },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const forget = onInterrupt(() => child.kill());
  for (const { cases } of answered) {
    const names = cases.names.join(';').split(';');
    const outputs = cases.outputs.map((output) => Buffer.from(output).toString('base64'));
    child.stdin.write(`${JSON.stringify({ names, outputs })}\n`);
  }
  child.stdin.end();
  const found: (readonly (readonly string[] | null)[])[] = [];
  for await (const line of createInterface({ input: child.stdout })) found.push(JSON.parse(line));
  forget();
  if (found.length !== answered.length) throw new Error('the reader of JSON files ended early');
  return answered.flatMap(({ cases, answers }, group) =>
    cases.outputs.flatMap((output, at) => {
      const [katib, ours] = [answers[at]!, found[group]![at]!];
      if (sameFile(katib, ours, cases.names)) return [];
      return [JSON.stringify({ output: Buffer.from(output).toString(), katib, ours })];
    }),
  );
}

/** Without the rule for an objective that never appears, which the shim does not have. */
function sameFile(katib: Answer, ours: readonly string[] | null, names: readonly string[]): boolean {
  if ('failed' in katib || ours === null) return 'failed' in katib && ours === null;
  const [objective = ''] = names.join(';').split(';');
  if (isUnavailable(katib)) return !ours.some((row) => row.startsWith(`${objective}=`));
  return JSON.stringify(katib.map(([name, value]) => `${name}=${value}`)) === JSON.stringify(ours);
}
