import type { Escape } from '@katib-push/core';
import { namesOfPattern } from '../names/binding.ts';
import { isConsole, isLogger, streamOf } from '../names/holder.ts';
import { memberName, originOf } from '../names/origin.ts';
import { classifyUse } from '../names/use.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** A console, a stream, or the process that holds both, that no member of is taken at once. */
const REFERENCE = /\b(?:console|stdout|stderr|process)\b(?!\s*(?:\?\.|[.[]))/g;

/** Names by which it is found wherever it stands. */
const USUAL = /^(?:console|stdout|stderr|process)$/;

/** By the parent's type, fields from which a value goes on to where nobody knows, beside those in which it is kept. */
const HANDS_ON: Readonly<Record<string, RegExp>> = {
  SpreadElement: /^argument$/,
  AwaitExpression: /^argument$/,
  ThrowStatement: /^argument$/,
  ExportSpecifier: /^local$/,
  WithStatement: /^object$/,
};

/** Behind something that is called as consoles, streams and loggers are: a bracket, or an escape in a name. */
const COMPUTED = /(?<=(?:console|std(?:out|err)|log)[^;]{0,60})(?:\[|\\u)/gi;

/**
 * Places where a console or an output stream gets away: it is handed on, stored, or given another name, or only the run tells
 * which of its methods is meant. Where it goes from there is not followed.
 *
 *     console.log(x); const { log } = console                is used here
 *     const c = console; train(process.stdout); this.out = console
 *     console[level](x); console.l\u006fg(x); with (console) log(x)
 */
export function findEscapes(script: Script): readonly Escape[] {
  const { root, text } = script;
  const handedOn = Array.from(text.matchAll(REFERENCE), ({ index }): Escape | undefined => {
    const holder = holderAt(root.at(index));
    if (!holder || !getsAway(script, holder)) return undefined;
    const { from, to } = holder;
    return isConsole(originOf(script, holder)) ? { from, to, withoutDescriptor: true } : { from, to };
  });
  const computed = Array.from(text.matchAll(COMPUTED), ({ index }): Escape | undefined => {
    const at = root.at(index);
    const member = at.type === 'Identifier' && at.role === 'property' ? at.parent : at;
    if (!member || !isComputed(script, member)) return undefined;
    return { from: member.from, to: member.to, withoutDescriptor: true };
  });
  return [...handedOn, ...computed]
    .filter((one) => one !== undefined)
    .toSorted((a, b) => a.from - b.from)
    .filter(({ from }, index, all) => from !== all[index - 1]?.from);
}

/** Whether a member of a console, a stream or a logger is used whose name doesn't stand there as it is. */
function isComputed(script: Script, member: Syntax): boolean {
  const object = member.field('object');
  const property = member.field('property');
  const asItIs = member.is('computed') ? /^(["'])[\w$]+\1$/ : /^[\w$]+$/;
  if (!object || !property || asItIs.test(textOf(script, property))) return false;
  const kind = classifyUse(script, member)?.kind;
  const origin = originOf(script, object);
  // whatever stands at an index of the others may be no function
  if (isConsole(origin)) return kind !== undefined;
  return kind === 'call' && (streamOf(origin) !== undefined || isLogger(script, origin, object));
}

/** The expression, or the name that is declared, that a word stands for. */
function holderAt(word: Syntax): Syntax | undefined {
  const { parent, role } = word;
  if (!parent) return undefined;
  // require("console"), import c from "console"
  if (word.type === 'StringLiteral')
    return parent.type === 'ImportDeclaration' ? parent.list('specifiers')[0]?.field('local') : parent;
  if (word.type !== 'Identifier') return undefined;
  // { stdout: out } = process, import { stdout as out }
  if (role === 'key') return withoutDefault(parent.field('value'));
  if (role === 'imported') return parent.field('local');
  return role === 'property' && !parent.is('computed') ? parent : word;
}

/** `out` of `out = null` in a pattern. */
function withoutDefault(target: Syntax | undefined): Syntax | undefined {
  return target?.type === 'AssignmentPattern' ? target.field('left') : target;
}

function getsAway(script: Script, holder: Syntax): boolean {
  const origin = originOf(script, holder);
  if (!isConsole(origin) && streamOf(origin) === undefined && origin.path !== 'process') return false;
  if (isDeclared(holder)) return !USUAL.test(holder.word('name'));
  const { parent, role } = holder;
  const target = parent?.field(role === 'init' ? 'id' : 'left');
  // a pattern that says by what names the methods go
  if (target?.type === 'ObjectPattern' && [...namesOfPattern(target.node, [])].every(({ keys }) => keys))
    return false;
  // console.log.bind(console)
  const isReceiver = role === 'arguments' && /^(?:call|apply|bind)$/.test(nameOfCallee(parent));
  if (isReceiver) return false;
  return HANDS_ON[parent?.type ?? '']?.test(role) || classifyUse(script, holder)?.kind === 'value';
}

/** The last name of a call's callee; empty where there is none. */
function nameOfCallee(call: Syntax | undefined): string {
  const callee = call?.field('callee');
  return (callee && memberName(callee)) ?? '';
}

/** Whether a name stands where it is declared, in a pattern or an import. */
function isDeclared(name: Syntax): boolean {
  if (name.type !== 'Identifier') return false;
  const { role, parent } =
    name.role === 'left' && name.parent?.type === 'AssignmentPattern' ? name.parent : name;
  return /^Import/.test(parent?.type ?? '') || (role === 'value' && parent?.parent?.type === 'ObjectPattern');
}
