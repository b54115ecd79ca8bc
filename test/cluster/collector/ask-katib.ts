import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onInterrupt } from '../stack/interrupt.ts';
import type { Answer, Cases } from './case.ts';

/** Katib's own answers, from the program `collect` of the Katib module: for each group one for each output. */
export async function askKatib(
  binary: string,
  groups: readonly Cases[],
): Promise<readonly (readonly Answer[])[]> {
  const child = spawn(binary, [], { stdio: ['pipe', 'pipe', 'pipe'] });
  const forget = onInterrupt(() => child.kill());
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  for (const { names, filters = [], format, outputs } of groups) {
    const request = {
      names: names.join(';'),
      filters: filters.join(';'),
      format,
      outputs: outputs.map((output) => Buffer.from(output).toString('base64')),
    };
    child.stdin.write(`${JSON.stringify(request)}\n`);
  }
  child.stdin.end();
  const answers: (readonly Answer[])[] = [];
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line));
  const code = await ended;
  forget();
  if (code !== 0 || answers.length !== groups.length)
    throw new Error(`collect ended with ${code}: ${errors}`);
  return answers;
}
