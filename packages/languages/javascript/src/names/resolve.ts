import { fact, lastingFact, occursSuchThat } from '@katib-push/core';
import type { BabelNode } from '../syntax/babel-node.ts';
import { isScope } from '../syntax/node-kinds.ts';
import { clientNamesIn } from '../syntax/own-prelude.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Binding } from './binding.ts';
import { bindingsIn } from './declarations.ts';
import { isWrittenTo } from './write.ts';

const hasVars = lastingFact(({ text }: Script) => /\bvar\b/.test(text));
/** By scope. */
const declaredOf = fact((_: Script) => new Map<BabelNode, ReadonlyMap<string, readonly Binding[]>>());

/** What a scope declares, by name. */
function declaredIn(script: Script, scope: Syntax): ReadonlyMap<string, readonly Binding[]> {
  const declared = declaredOf(script);
  const known = declared.get(scope.node);
  if (known) return known;
  const found = new Map<string, Binding[]>();
  for (const binding of bindingsIn(scope.node, hasVars(script))) {
    const name = binding.name.name as string;
    const others = found.get(name);
    if (others) others.push(binding);
    else found.set(name, [binding]);
  }
  declared.set(scope.node, found);
  return found;
}

/** The scope that a name belongs to, and what declares it there. */
interface Resolved {
  readonly scope: Syntax;
  /** Usually one; more for a `var` that is declared again. */
  readonly bindings: readonly Binding[];
}

/** Finds what declares the name that `use` reads; `undefined` for globals. */
export function resolveName(script: Script, use: Syntax): Resolved | undefined {
  const name = use.word('name');
  if (!mayBeDeclared(script, name)) return undefined;
  for (let scope: Syntax | undefined = use; scope; scope = scope.parent) {
    if (!isScope(scope)) continue;
    const bindings = declaredIn(script, scope).get(name);
    if (bindings) return { scope, bindings };
  }
  return undefined;
}

/** By declaration. */
const keptIn = fact((_: Script) => new Map<Binding, boolean>());

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
  if (!resolved || !only || others.length > 0) return undefined;
  if (only.kind === 'const' || only.kind === 'import') return only;
  const kept = keptIn(script);
  const isKept = kept.get(only) ?? !isWrittenTo(script, use.word('name'), resolved.scope);
  kept.set(only, isKept);
  return isKept ? only : undefined;
}
