import type { UnreadableOutput } from '@katib-push/core';
import { dottedPath, readCall } from '../statements/mention.ts';
import type { Call } from '../statements/sink.ts';
import { type Script, textOf } from '../syntax/script.ts';
import { findCode } from './code-in-string.ts';

/** What writes past `sys.stdout` and `sys.stderr`. */
interface Bypass {
  readonly path: RegExp;
  readonly reason: string;
  /** Whether a call does write to the container's output; default: it does. */
  readonly writes?: (script: Script, call: Call) => boolean;
}

const CHILD = 'the output of another process';

const BYPASSES: readonly Bypass[] = [
  { path: /^os\.write$/, reason: 'bytes written to a descriptor', writes: toDescriptor },
  {
    path: /^sys\.(?:__)?std(?:out|err)(?:__)?\.buffer(?:\.raw)?\.write(?:lines)?$/,
    reason: 'bytes written below the text stream',
  },
  {
    path: /^subprocess\.(?:run|call|check_call|Popen)$/,
    reason: CHILD,
    writes: (_, call) => !isCaptured(call),
  },
  { path: /^os\.(?:system|spawn\w+|exec[lv]\w*|posix_spawnp?)$/, reason: CHILD },
  { path: /^(?:\w+\.)*(?:libc|cdll|CDLL\w*)\.(?:printf|puts|putchar)$/, reason: 'output of C code' },
];

const TOKENS =
  /\b(?:write|writelines|run|call|check_call|Popen|system|spawn\w+|exec\w*|eval|posix_spawnp?|printf|puts|putchar)[ \t]*\(/g;

/** Finds output that the client can't read, for the report: best effort, by the names that are usual. */
export function findUnreadable(script: Script): readonly UnreadableOutput[] {
  const found: UnreadableOutput[] = [];
  for (const match of script.text.matchAll(TOKENS)) {
    const name = script.root.at(match.index);
    if (name.type !== 'identifier') continue;
    const callee = name.parent?.type === 'attribute' && name.parent.to === name.to ? name.parent : name;
    const node = callee.parent;
    if (node?.type !== 'call' || node.from !== callee.from) continue;
    const path = dottedPath(script, callee);
    const code = path === undefined ? undefined : findCode(script, node, path);
    if (code) found.push(code);
    const bypass = path === undefined ? undefined : BYPASSES.find((each) => each.path.test(path));
    if (!bypass || path === undefined) continue;
    if (bypass.writes && !bypass.writes(script, readCall(script, node))) continue;
    found.push({ from: node.from, to: node.to, sink: path, reason: bypass.reason });
  }
  return found;
}

function toDescriptor(script: Script, { positional: [target] }: Call): boolean {
  return (
    target !== undefined &&
    /^[12]$|(?:stdout|stderr)__?\.fileno|(?:stdout|stderr)\.fileno/.test(textOf(script, target))
  );
}

function isCaptured({ keywords }: Call): boolean {
  const isTrue = keywords.get('capture_output')?.type === 'true';
  return isTrue || (keywords.has('stdout') && keywords.get('stdout')?.type !== 'none');
}
