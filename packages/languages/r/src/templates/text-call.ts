import type { Node } from 'web-tree-sitter';
import { type Call, readCall } from '../call.ts';
import type { Script } from '../script.ts';
import { renderGlue } from './glue.ts';
import { hole, joined, literal, type Parts, separated, someText } from './parts.ts';
import { renderText } from './render.ts';
import { renderSprintf } from './sprintf.ts';

type Render = (script: Script, call: Call, depth: number) => Parts | undefined;

/** Functions whose result is text that can be told from their arguments. */
const BUILDERS: Readonly<Record<string, Render>> = {
  paste: (script, call, depth) => paste(script, call, depth, ' '),
  paste0: (script, call, depth) => paste(script, call, depth, ''),
  str_c: (script, call, depth) => paste(script, call, depth, ''),
  sprintf: (script, { positional, named, open }, depth) =>
    open ? undefined : renderSprintf(script, named.get('fmt'), positional, depth),
  gettextf: (script, { positional, named, open }, depth) =>
    open ? undefined : renderSprintf(script, named.get('fmt'), positional, depth),
  glue: renderGlue,
  str_glue: renderGlue,
  identity: (script, { positional: [value] }, depth) => value && renderText(script, value, depth),
  'as.character': (script, { positional: [value] }, depth) => value && renderText(script, value, depth),
};

/** Name of the function that a call names, its namespace left out; empty for anything else. */
export function functionName(call: Node): string {
  const callee = call.childForFieldName('function');
  const name = callee?.type === 'namespace_operator' ? callee.childForFieldName('rhs') : callee;
  return name?.type === 'identifier' ? name.text : '';
}

/** What a call builds, as text; `undefined` if it isn't one that builds text. */
export function renderCall(script: Script, call: Node, depth: number): Parts | undefined {
  const name = functionName(call);
  if (!Object.hasOwn(BUILDERS, name) || script.bindings().has(name)) return undefined;
  return BUILDERS[name]?.(script, readCall(script, call), depth);
}

/** `glue` gives text that prints without quotes and line numbers. */
export function isGlue(call: Node): boolean {
  return call.type === 'call' && /^(?:str_)?glue$/.test(functionName(call));
}

function paste(script: Script, { positional, named, open }: Call, depth: number, usual: string): Parts {
  const given = named.get('sep');
  const separator = given ? renderText(script, given, depth) : literal(usual);
  const values = positional.map((value) =>
    value.type === 'null' ? hole(script, value) : renderText(script, value, depth),
  );
  const text = separated(open ? [...values, someText('unknown')] : values, separator);
  return named.has('collapse') && positional.length === 1 ? joined(text, someText('unknown')) : text;
}
