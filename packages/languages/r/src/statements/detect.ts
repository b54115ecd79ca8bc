import { type OutputStatement, once, type Suppressions } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import { calleeOf, nameOfCall, pipeInto, readCall } from '../call.ts';
import type { Script } from '../script.ts';
import { findAutoPrinted } from './auto-print.ts';
import { consoleSinks } from './console.ts';
import { keptFrom } from './kept-from.ts';
import { loggerSinks, methodSinks } from './loggers.ts';
import { describe, type ReadSink } from './sink.ts';

const SINKS: Readonly<Record<string, ReadSink>> = { ...consoleSinks, ...loggerSinks };
const NAMES = [...Object.keys(SINKS), ...Object.keys(methodSinks)].map((name) => name.replaceAll('.', '\\.'));
const TOKENS = new RegExp(`(?<![\\w.])(?:${NAMES.join('|')})(?![\\w.])`, 'g');
const LOGGERS = /^(?:lg|lgr|log|logger|\w*[Ll]ogger|\w*_log)$/;

/** Finds the output statements of a script by the names of sinks, and what R prints by itself. */
export function detectStatements(script: Script, suppressions: Suppressions): readonly OutputStatement[] {
  const found: OutputStatement[] = [];
  for (const { index, 0: word } of script.text.matchAll(TOKENS)) {
    const name = script.root.descendantForIndex(index, index + word.length);
    const statement = name?.type === 'identifier' && name.text === word && readStatement(script, name);
    if (statement) found.push(statement);
  }
  found.push(...findAutoPrinted(script));
  return found
    .map((statement) => {
      const suppressed = suppressions.take(statement);
      return {
        ...statement,
        ...(suppressed ? { suppressed } : {}),
        doubtful: once(() => doubtOf(script, statement)),
      };
    })
    .sort((a, b) => a.from - b.from || a.callee.from - b.callee.from);
}

/** Why it can't be told whether a statement shows, as a sentence without a full stop. */
function doubtOf({ text }: Script, { sink, stream }: OutputStatement): string | undefined {
  if (stream !== 'stderr' && /\bsink\s*\(\s*[^\s)]/.test(text)) return 'sink() sends output elsewhere';
  const isLow = /(?:trace|debug|finest)$/i.test(sink);
  return isLow && !/threshold|basicConfig|setLevel|registerLogger/.test(text)
    ? 'loggers show neither DEBUG nor TRACE by themselves'
    : undefined;
}

function readStatement(script: Script, name: Node): OutputStatement | undefined {
  const sink = sinkOf(script, name);
  if (!sink) return undefined;
  const callee = calleeOf(name);
  const call = nameOfCall(name);
  if (!call)
    return isPassedOn(callee) ? describe(name.text, callee, callee, 'value', { kind: 'print' }) : undefined;
  if (keptFrom(call, name.text)) return undefined;
  const what = sink(script, readCall(script, call));
  return what && describe(name.text, pipeInto(call) ?? call, callee, 'call', what);
}

/** How a name reads its arguments; `undefined` where it means something else: a method, a function of the script's own. */
function sinkOf(script: Script, name: Node): ReadSink | undefined {
  const callee = calleeOf(name);
  if (callee.type === 'extract_operator') {
    const receiver = callee.childForFieldName('lhs')?.text ?? '';
    return LOGGERS.test(receiver) ? methodSinks[name.text] : undefined;
  }
  if (!Object.hasOwn(SINKS, name.text)) return undefined;
  return callee.type === 'identifier' && script.bindings().has(name.text) ? undefined : SINKS[name.text];
}

/** `lapply(xs, print)`, `log <- message`: stored or handed to something that will call it. */
function isPassedOn(callee: Node): boolean {
  const { parent } = callee;
  if (parent?.type === 'argument') return parent.childForFieldName('value')?.id === callee.id;
  if (parent?.type !== 'binary_operator') return false;
  const operator = parent.childForFieldName('operator')?.text ?? '';
  return /^(?:<<?-|=)$/.test(operator) && parent.childForFieldName('rhs')?.id === callee.id;
}
