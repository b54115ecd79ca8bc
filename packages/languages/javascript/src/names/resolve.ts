import { fact, occursSuchThat } from '@katib-push/core';
import { isScope } from '../syntax/node-kinds.ts';
import { clientNamesIn } from '../syntax/own-prelude.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Binding } from './binding.ts';
import { declaredIn } from './scope.ts';
import { type Write, writesTo } from './write.ts';

/** The scope that a name belongs to, what declares it there, and what gives it another value later. */
export interface Resolved {
  readonly scope: Syntax;
  /** Usually one; more for a `var` that is declared again. */
  readonly bindings: readonly Binding[];
  /** In source order; `undefined` where there are too many places to look at. */
  readonly writes: () => readonly Write[] | undefined;
}

/** Finds what declares the name that `use` reads; `undefined` for globals. */
export function resolveName(script: Script, use: Syntax): Resolved | undefined {
  const name = use.word('name');
  if (!mayBeDeclared(script, name)) return undefined;
  for (let scope: Syntax | undefined = use; scope; scope = scope.parent) {
    if (!isScope(scope)) continue;
    const bindings = declaredIn(script, scope).get(name);
    const found = scope;
    if (bindings) return { scope, bindings, writes: () => rememberWrites(script, name, found) };
  }
  return undefined;
}

/** By scope and name. */
const writesOf = fact((_: Script) => new Map<string, readonly Write[] | undefined>());

function rememberWrites(script: Script, name: string, scope: Syntax): readonly Write[] | undefined {
  const key = `${scope.from} ${scope.to} ${name}`;
  const writes = writesOf(script);
  if (!writes.has(key)) writes.set(key, writesTo(script, name, scope));
  return writes.get(key);
}

const declarableOf = fact((_: Script) => new Map<string, boolean>());

/**
 * Whether some place of the name is not followed by a property or a call of one: a declaration has none. So the console
 * is told from a name of the script's own without looking at any scope.
 */
function mayBeDeclared(script: Script, name: string): boolean {
  const declarable = declarableOf(script);
  const known = declarable.get(name);
  if (known !== undefined) return known;
  const { text } = script;
  const found = occursSuchThat(text, name, (at) => {
    if (text[at - 1] === '.' && text[at - 2] !== '.') return false;
    if (text[at - 1] === '(' && isGivenToClient(script, at - 1)) return false;
    let next = at + name.length;
    while (/\s/.test(text.charAt(next))) next++;
    return text[next] !== '.' && text[next] !== '[' && !text.startsWith('?.', next);
  });
  declarable.set(name, found);
  return found;
}

/** Whether the bracket at a position is that of `_katib_push(`. */
function isGivenToClient(script: Script, bracket: number): boolean {
  for (const name of clientNamesIn(script))
    if (script.text.startsWith(name, bracket - name.length)) return true;
  return false;
}

/** The one declaration that tells a name's value for good; `undefined` if there are several, or if it is written to later. */
export function onlyBinding(script: Script, use: Syntax): Binding | undefined {
  const resolved = resolveName(script, use);
  const [only, ...others] = resolved?.bindings ?? [];
  if (!only || others.length > 0) return undefined;
  if (only.kind === 'const' || only.kind === 'import') return only;
  return resolved?.writes()?.length === 0 ? only : undefined;
}
