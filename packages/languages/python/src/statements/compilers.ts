import { lastingFact } from '@katib-push/core';
import { readCall } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import { calleeEndingWith } from '../syntax/call-at.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** Functions and decorators that compile or trace what they are given: a call written in there may not compile. */
const COMPILER =
  /^(?:numba\.(?:\w+\.)*(?:c?jit|njit|generated_jit|vectorize|guvectorize|cfunc|stencil|jitclass)|torch\.jit\.\w+|torch\.compile|torch\._dynamo\.optimize|tensorflow\.(?:compat\.v\d\.)?function|tf\.function|triton\.(?:\w+\.)?jit|jax\.(?:jit|pmap|pjit|experimental\.pjit\.pjit)|equinox\.filter_jit|flax\.(?:\w+\.)?jit)$/;

/** Texts without any of these words compile nothing. */
const WORDS = /jit|pmap|stencil|vectorize|cfunc|torch|tensorflow|\btf\b/;
const TOKENS =
  /\b(?:[cnp]?jit|filter_jit|jitclass|(?:gu)?vectorize|stencil|script\w*|trace\w*|compile|optimize|function|pmap)\b/g;

/** What a script hands to compilers. */
export interface Compiled {
  /** Functions and classes by name, with the compiler. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether any compiler is named at all, as a decorator too. */
  readonly any: boolean;
}

/** Finds functions, methods and classes that are compiled by name: `fast = torch.jit.script(step)`. */
export const compiledIn = lastingFact((script: Script): Compiled => {
  const names = new Map<string, string>();
  if (!WORDS.test(script.text)) return { names, any: false };
  let any = false;
  for (const match of script.text.matchAll(TOKENS)) {
    const name = script.root.at(match.index);
    if (name.type !== 'identifier') continue;
    const callee = calleeEndingWith(name);
    const compiler = compilerOf(script, callee);
    if (!compiler) continue;
    any = true;
    const call = callee.parent;
    if (call?.type !== 'call' || call.from !== callee.from) continue;
    // njit(parallel=True)(step)
    const outer = call.parent?.type === 'call' && call.parent.from === call.from ? call.parent : call;
    const given = readCall(script, outer).positional[0];
    for (const found of given ? namesOf(script, given) : []) names.set(found, compiler);
  }
  return { names, any };
});

/** The compiler that an expression names or calls; `undefined` if it is none. */
export function compilerOf(script: Script, expression: Syntax): string | undefined {
  const at = withoutParentheses(expression);
  const callee = at.type === 'call' ? at.field('function') : at;
  if (!callee) return undefined;
  if (callee.type === 'call') return compilerOf(script, callee);
  const path = dottedPath(script, callee);
  if (path === undefined) return undefined;
  if (COMPILER.test(path)) return path;
  // functools.partial(jax.jit, static_argnums=0)
  const first =
    at.type === 'call' && /(?:^|\.)partial$/.test(path) ? readCall(script, at).positional[0] : undefined;
  return first && compilerOf(script, first);
}

/** `step`, `model.forward`, `Net()`, or `model` where `model = Net()`. */
function namesOf(script: Script, given: Syntax): readonly string[] {
  const at = withoutParentheses(given);
  if (at.type === 'attribute') return [textOf(script, at).split('.').at(-1)?.trim() ?? ''];
  if (at.type === 'call') return namesOf(script, at.field('function') ?? at.parts[0] ?? at);
  if (at.type !== 'identifier') return [];
  const name = textOf(script, at);
  const made = new RegExp(`(?<![\\w.])${name}[ \\t]*=[ \\t]*([A-Za-z_]\\w*)[ \\t]*\\(`).exec(
    script.text,
  )?.[1];
  return made ? [name, made] : [name];
}
