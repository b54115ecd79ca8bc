import { fact, lastingFact, occurrencesOf } from '@katib-push/core';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { type Binding, readBinding } from './binding.ts';
import { scopeAround, scopeOf } from './scope.ts';

/** The scope that a name belongs to, and what gives it a value there, in source order. */
export interface Resolved {
  readonly scope: Syntax;
  readonly bindings: readonly Binding[];
  /** Whether other scopes may change it (`global`, `nonlocal`). */
  readonly shared: boolean;
}

/** More places than this are not looked at: the name counts as unknown. */
const MOST_PLACES = 40;

/** Finds what binds the name that `use` reads; `undefined` for built-ins and for what can't be told. */
export function resolveName(script: Script, use: Syntax): Resolved | undefined {
  const name = textOf(script, use);
  for (let scope: Syntax | undefined = scopeOf(use); scope; scope = scopeAround(scope)) {
    const bindings = bindingsIn(script, scope, name);
    if (bindings === 'too many') return undefined;
    if (bindings.length > 0) return { scope, bindings, shared: sharedNames(script).has(name) };
  }
  return undefined;
}

/** Names that some function declares `global` or `nonlocal`: more than one scope may change them. */
const sharedNames = lastingFact(({ text }: Script): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const match of text.matchAll(/\b(?:global|nonlocal)[ \t]+([^\r\n;#]+)/g))
    for (const name of (match[1] as string).split(',')) names.add(name.trim());
  return names;
});

/** By scope and name. */
const bindingsOf = fact((_: Script) => new Map<string, readonly Binding[] | 'too many'>());

function bindingsIn(script: Script, scope: Syntax, name: string): readonly Binding[] | 'too many' {
  const key = `${scope.from}:${scope.type}:${name}`;
  const bindings = bindingsOf(script);
  const known = bindings.get(key);
  if (known) return known;
  const found = findBindings(script, scope, name);
  bindings.set(key, found);
  return found;
}

function findBindings(script: Script, scope: Syntax, name: string): readonly Binding[] | 'too many' {
  const header = scope.field('body')?.from ?? scope.from;
  const found: Binding[] = [];
  let looked = 0;
  for (const at of occurrencesOf(script.text, name, scope.from, scope.to)) {
    if (at >= header && !mayBind(script.text, at, at + name.length)) continue;
    if (++looked > MOST_PLACES) return 'too many';
    const node = script.root.at(at);
    if (node.type !== 'identifier' || node.from !== at) continue;
    const binding = readBinding(script, node);
    if (binding?.scope === scope) found.push(binding);
  }
  return found;
}

const BEFORE = /(?:\b(?:as|for|def|class|global|nonlocal|del|import|case|lambda)[ \t]+|\*)$/;
const ASSIGNED = /^[ \t]*(?::[^=\n]*)?(?:\*\*|\/\/|>>|<<|[-+*/%&|^@:])?=(?!=)/;
const LISTED = /^[\w\s.,()[\]*]*?(?:=(?!=)|\bin\b)/;
const KEYWORD_LINE = /^[ \t]*(?:import|from|global|nonlocal|del|case|with|async|def|except)\b/;

/** Whether the text around a name allows that it is bound there: most readings are told apart without the tree. */
function mayBind(text: string, from: number, to: number): boolean {
  if (text[from - 1] === '.') return false;
  const line = text.lastIndexOf('\n', from - 1) + 1;
  const after = text.slice(to, to + 160);
  if (ASSIGNED.test(after)) return true;
  const before = text.slice(Math.max(line, from - 160), from);
  if (BEFORE.test(before) || KEYWORD_LINE.test(before)) return true;
  return /^[ \t]*(?:,|\)|\]|in\b)/.test(after) && LISTED.test(after);
}
