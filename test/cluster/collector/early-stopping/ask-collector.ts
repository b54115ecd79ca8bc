import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atOnce } from '../../stack/at-once.ts';
import { onInterrupt } from '../../stack/interrupt.ts';
import { createStack } from '../../stack/stack.ts';
import { createSandbox, type PodSandbox } from '../../trials/pod-process.ts';
import type { Decision, Stream } from './stream.ts';

/** How many collectors run at once. */
const AT_ONCE = 4;
const ENDS = { TEXT: '<>', JSON: '{"<>": 1}' } as const;
/** Nobody answers there: a collector that has decided ends where it would report. */
const NOWHERE = '127.0.0.1:1';

/**
 * What Katib's own collector decides about each stream: the program itself, beside a program that ends for nobody. It reads
 * a file that is complete from the start, and tells of each line before it tests it.
 */
export async function askCollector(binary: string, streams: readonly Stream[]): Promise<readonly Decision[]> {
  const stack = createStack();
  try {
    const folder = join(stack.folder, 'streams');
    mkdirSync(folder);
    const sandbox = await createSandbox(stack, 'early-stopping', {}, []);
    // by these words the collector knows the program that it watches, of which it ends the child
    const program = `trap '' TERM; sleep infinity; echo completed > ${folder}/$$.pid`;
    stack.start('program', { ...sandbox.within('/', ['sh', '-c', program]), cwd: '/' });
    return await atOnce(AT_ONCE, streams, (stream, at) =>
      decide(binary, sandbox, join(folder, `${at}.log`), stream),
    );
  } finally {
    await stack.stop();
  }
}

async function decide(binary: string, sandbox: PodSandbox, file: string, stream: Stream): Promise<Decision> {
  const { names, type, filters, format, rules, lines } = stream;
  writeFileSync(file, [...lines, ENDS[format], ''].join('\n'));
  const flags = [
    ...['-path', file, '-format', format, '-m', names.join(';'), '-o-type', type, '-t', 'trial'],
    ...['-s-db', NOWHERE, '-s-earlystop', NOWHERE, ...(filters ? ['-f', filters.join(';')] : [])],
    ...rules.flatMap(({ name, value, comparison, startStep }) => [
      '-stop-rule',
      [name, value, comparison, startStep].join(';'),
    ]),
  ];
  const { command, args } = sandbox.within('/', [binary, ...flags]);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    detached: true,
  });
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL'); // with what it started
  };
  const forget = onInterrupt(end);
  const over = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  let decision: Decision | undefined;
  let told = 0;
  const log: string[] = [];
  child.stderr.setEncoding('utf8');
  let rest = '';
  for await (const text of child.stderr) {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      log.push(line);
      if (decision !== undefined) continue;
      const [, severity = '', message = ''] =
        /^([IWEF])\d{4} [\d:.]+ +\d+ [\w.]+:\d+\] (.*)$/s.exec(line) ?? [];
      if (severity === 'F') decision = { crash: told - 1 };
      else if (message === 'Training container is early stopped') decision = { stop: told - 1 };
      else if (message === ENDS[format] && told === lines.length) decision = null;
      else if (told < lines.length && message === lines[told]) told++;
    }
    if (decision !== undefined) end();
  }
  await over;
  forget();
  if (decision === undefined)
    throw new Error(`the collector decided nothing:\n${log.join('\n').slice(-2000)}`);
  return decision;
}
