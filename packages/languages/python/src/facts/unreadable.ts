import type { UnreadableOutput } from '@katib-push/core';
import { type Call, readCall } from '../names/call.ts';
import { dottedPath, pathsOf } from '../names/imports.ts';
import { originOf } from '../names/origin.ts';
import { classifyUse } from '../names/use.ts';
import { calleeEndingWith } from '../syntax/call-at.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { isCaptured, isHarmless, STARTS } from './child-processes.ts';
import { findCode } from './code-in-string.ts';

/** What writes past `sys.stdout` and `sys.stderr`. */
interface Bypass {
  readonly path: RegExp;
  readonly reason: string;
  /** What a call writes: its text, if it is constant; `undefined` for what isn't known; `nothing`. Default: unknown. */
  readonly writes?: (script: Script, call: Call, path: string) => string | undefined | typeof nothing;
}

const nothing = Symbol('nothing');

const BYPASSES: readonly Bypass[] = [
  {
    path: /^os\.writev?$/,
    reason: 'bytes written to a descriptor',
    writes: (script, { positional: [target, bytes] }) =>
      target && isDescriptor(script, target) ? constantOf(script, bytes) : nothing,
  },
  {
    path: /^sys\.(?:__)?std(?:out|err)(?:__)?\.buffer(?:\.raw)?\.write(?:lines)?$/,
    reason: 'bytes written below the text stream',
    writes: (script, { positional: [bytes] }) => constantOf(script, bytes),
  },
  {
    path: STARTS,
    reason: 'the output of another process',
    writes: (script, call, path) => {
      if (isCaptured(script, path, call)) return nothing;
      return isHarmless(script, call) ? '' : undefined;
    },
  },
  {
    path: /^(?:open|io\.open|codecs\.open|os\.fdopen)$/,
    reason: 'a file that is opened on the output',
    writes: (script, { positional: [target] }) => (target && isOutput(script, target) ? undefined : nothing),
  },
  { path: /^runpy\.run_(?:path|module)$/, reason: 'the output of another script' },
  { path: /^(?:\w+\.)*(?:libc|cdll|CDLL\w*)\.(?:printf|puts|putchar|fprintf)$/, reason: 'output of C code' },
];

/** What the output is opened by. */
const OUTPUT =
  /^[rRbBuU]*["'](?:\/dev\/(?:std(?:out|err)|fd\/[12])|\/proc\/(?:self|1)\/fd\/[12])["']$|^[12]$|std(?:out|err)(?:__)?\.fileno\(|^os\.dup\([12]\)$/;

const BUFFER = /^sys\.(?:__)?std(?:out|err)(?:__)?\.(?:buffer(?:\.raw)?|detach)$/;

const TOKENS =
  /\b(?:writev?|writelines|run|call|check_call|check_output|Popen|popen|system|spawn\w*|exec\w*|eval|posix_spawnp?|create_subprocess_\w+|run_path|run_module|f?printf|puts|putchar|buffer|raw|detach|open|fdopen)\b/g;

/** Finds output that the client can't read, by the names that are usual, through imports and assignments. */
export function findUnreadable(script: Script): readonly UnreadableOutput[] {
  const found: UnreadableOutput[] = [];
  for (const match of script.text.matchAll(tokensOf(script))) {
    const name = script.root.at(match.index);
    if (name.type !== 'identifier' || name.from !== match.index) continue;
    const parent = name.parent;
    if (!parent || /import|dotted_name/.test(parent.type)) continue;
    const callee = calleeEndingWith(name);
    const one = readUse(script, callee);
    if (one) found.push(one);
  }
  return found;
}

/** The usual names, and those under which they are imported: `from subprocess import run as start`. */
function tokensOf(script: Script): RegExp {
  const aliases = [...pathsOf(script)]
    .filter(([name, path]) => !path.endsWith(name) && BYPASSES.some((bypass) => bypass.path.test(path)))
    .map(([name]) => name);
  return aliases.length === 0 ? TOKENS : new RegExp(`${TOKENS.source}|\\b(?:${aliases.join('|')})\\b`, 'g');
}

function readUse(script: Script, callee: Syntax): UnreadableOutput | undefined {
  const path = pathOf(script, callee);
  if (path === undefined) return undefined;
  const use = classifyUse(script, callee);
  if (!use) return undefined;
  const { from, to } = use.whole;
  if (BUFFER.test(path))
    return handsOn(script, callee)
      ? { from, to, sink: path, reason: 'bytes written below the text stream' }
      : undefined;
  const code = use.call ? findCode(script, use.call, path) : undefined;
  if (code) return code;
  const bypass = BYPASSES.find((each) => each.path.test(path));
  if (!bypass) return undefined;
  const text = use.call && bypass.writes?.(script, readCall(script, use.call), path);
  if (text === nothing || (use.call && replacesStream(script, use.call))) return undefined;
  return { from, to, sink: path, reason: bypass.reason, ...(text === undefined ? {} : { text }) };
}

/** The dotted path of a callee, its object followed to where it comes from. */
function pathOf(script: Script, callee: Syntax): string | undefined {
  if (callee.type === 'identifier') return originOf(script, callee).path;
  const object = callee.field('object');
  const name = callee.field('attribute');
  if (!object || !name) return undefined;
  const { path, madeBy } = originOf(script, object);
  if (madeBy && /^ctypes\.(?:CDLL|PyDLL|cdll\.LoadLibrary)$/.test(madeBy))
    return `CDLL.${textOf(script, name)}`;
  return path === undefined ? dottedPath(script, callee) : `${path}.${textOf(script, name)}`;
}

/** Whether bytes of the stream are given to other code: not where a text stream is made of them that replaces it. */
function handsOn(script: Script, buffer: Syntax): boolean {
  const call = buffer.parent?.type === 'argument_list' ? buffer.parent.parent : undefined;
  const callee = call?.field('function');
  if (!call || !callee) return false;
  return !/TextIOWrapper|getwriter|\bopen$/.test(textOf(script, callee)) || !replacesStream(script, call);
}

/** `sys.stdout = os.fdopen(1, "w")`: the client reads what replaces a stream. */
function replacesStream(script: Script, call: Syntax): boolean {
  let at: Syntax | undefined = call;
  while (at && /^(?:call|argument_list|parenthesized_expression)$/.test(at.type)) at = at.parent;
  const [target] = at?.type === 'assignment' ? at.parts : [];
  return target !== undefined && /^sys\.std(?:out|err)$/.test(dottedPath(script, target) ?? '');
}

function isOutput(script: Script, target: Syntax): boolean {
  return OUTPUT.test(textOf(script, target));
}

function isDescriptor(script: Script, target: Syntax): boolean {
  return /^[12]$|std(?:out|err)(?:__)?\.fileno|^STD(?:OUT|ERR)_FILENO$/.test(textOf(script, target));
}

/** The source of a constant text or of its bytes; `undefined` for anything else. */
function constantOf(script: Script, bytes: Syntax | undefined): string | undefined {
  if (!bytes) return undefined;
  const source = textOf(script, withoutParentheses(bytes));
  return /^[bBrR]{0,2}(?:"[^"\n]*"|'[^'\n]*')(?:\.encode\([^()]*\))?$/.test(source) ? source : undefined;
}
