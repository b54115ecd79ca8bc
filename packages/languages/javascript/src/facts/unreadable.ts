import type { UnreadableOutput } from '@katib-push/core';
import { originOf } from '../names/origin.ts';
import { onlyBinding } from '../names/resolve.ts';
import { callAt } from '../syntax/call-at.ts';
import { locate, type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** What writes past `process.stdout.write` and `process.stderr.write`, or at another time than the call. */
interface Bypass {
  readonly path: RegExp;
  readonly reason: string;
  /** Whether a call does write to the container's output; default: it does. */
  readonly writes?: (script: Script, args: readonly Syntax[]) => boolean;
}

const CHILD = 'the output of another process';
const CODE = 'code in a string';

const BYPASSES: readonly Bypass[] = [
  {
    path: /^fs\.(?:writeSync|write|writev|writevSync)$/,
    reason: 'written to a descriptor',
    writes: toDescriptor,
  },
  {
    path: /^fs\.(?:promises\.)?(?:writeFile|appendFile|writeFileSync|appendFileSync|createWriteStream)$/,
    reason: 'written to a descriptor',
    writes: toDevice,
  },
  { path: /^child_process\.(?:spawn|spawnSync|execFileSync|execSync)$/, reason: CHILD, writes: inherits },
  { path: /^child_process\.fork$/, reason: CHILD, writes: (script, args) => !isSilent(script, args) },
  { path: /^execa(?:\.\w+)*$/, reason: CHILD, writes: inherits },
  { path: /^process\._rawDebug$/, reason: 'written to a descriptor' },
  { path: /^(?:eval|Function|vm\.(?:runIn\w+|Script))$/, reason: CODE, writes: holdsSink },
  { path: /^(?:worker_threads\.)?Worker$/, reason: CODE, writes: (script, args) => isText(script, args) },
];

const NAMES =
  'write(?:v|File)?(?:Sync)?|appendFile(?:Sync)?|createWriteStream|spawn(?:Sync)?|exec(?:File)?Sync|fork|execa|_rawDebug|eval|Function|runIn\\w+|Script|Worker';

/** `const { spawn: start } = …`, `import { spawn as start } …` */
const RENAMED = new RegExp(`\\b(?:${NAMES})\\s*(?::|\\bas\\b)\\s*([\\w$]+)`, 'g');

/** Finds output that the client can't read, for the report: best effort, by the names that are usual. */
export function findUnreadable(script: Script): readonly UnreadableOutput[] {
  const found: UnreadableOutput[] = [];
  const renamed = [...script.text.matchAll(RENAMED)].map(([, name = '']) => name.replaceAll('$', '\\$'));
  const names = [NAMES, ...renamed].join('|');
  for (const { index } of script.text.matchAll(new RegExp(`\\b(?:${names})\\s*\\(`, 'g'))) {
    const called = callAt(script, index);
    if (!called) continue;
    const { callee, call } = called;
    const args = call.list('arguments');
    const { path } = originOf(script, callee);
    const bypass = path === undefined ? undefined : BYPASSES.find((each) => each.path.test(path));
    const { from, to } = call;
    if (bypass && path !== undefined && (bypass.writes?.(script, args) ?? true))
      found.push({ from, to, sink: path, reason: bypass.reason });
  }
  return found;
}

function toDescriptor(script: Script, [target]: readonly Syntax[]): boolean {
  return target !== undefined && /^[12]$|\bstd(?:out|err)\.fd$/.test(textOf(script, target));
}

function toDevice(script: Script, args: readonly Syntax[]): boolean {
  const written = args.map((each) => textOf(script, each)).join();
  return toDescriptor(script, args) || /\/dev\/(?:stdout|stderr|fd\/[12]|tty)|\bfd:\s*[12]\b/.test(written);
}

function inherits(script: Script, args: readonly Syntax[]): boolean {
  return args.some((each) =>
    /\b(?:stdio|stdout|stderr)\b[\s\S]*(?:inherit|process\.std|[12])/.test(writtenAs(script, each)),
  );
}

/** The source of an argument; of a name that has one value, that value's. */
function writtenAs(script: Script, argument: Syntax): string {
  const value = argument.type === 'Identifier' ? onlyBinding(script, argument)?.value : undefined;
  return textOf(script, value ? locate(script, value) : argument);
}

function isSilent(script: Script, args: readonly Syntax[]): boolean {
  return args.some((each) => /\bsilent:\s*true|\bstdio\b/.test(textOf(script, each)));
}

function isText(script: Script, [, options]: readonly Syntax[]): boolean {
  return options !== undefined && /\beval:\s*true/.test(textOf(script, options));
}

function holdsSink(script: Script, args: readonly Syntax[]): boolean {
  return args.some((each) => /\b(?:console|process|logg?er)\b/.test(textOf(script, each)));
}
