import { fact, occurrencesOf } from '@katib-push/core';
import { isComprehension, scopeOf } from '../names/scope.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/**
 * `global` and `nonlocal`: neither may name a parameter, nor what its scope used above; and a function around has to
 * know what is `nonlocal`.
 */
export function refuseScope(at: Syntax, script: Script): string | undefined {
  const statement = at.parent;
  if (!statement || !/^(?:global|nonlocal)_statement$/.test(statement.type)) return undefined;
  const scope = scopeOf(statement);
  const around = at.type === 'nonlocal' ? functionsAround(scope) : [];
  for (const part of statement.parts) {
    const name = textOf(script, part);
    if (at.type === 'nonlocal' && around.length === 0 && name !== '__class__')
      return 'nonlocal needs a function around its own';
    const { declared, first, annotated } = usesIn(script, scope, name);
    if (declared.size > 1) return `${name} is both global and nonlocal`;
    if (first < statement.from) return `${name} is used before it is declared ${at.type}`;
    if (scope.parent && annotated > statement.from) return `${name} is ${at.type}, and annotated`;
    if (at.type === 'global' || name === '__class__') continue;
    const known = around.some((outer) => {
      const uses = usesIn(script, outer, name, true);
      return (
        uses.first < Number.POSITIVE_INFINITY || uses.isImported || uses.declared.has('nonlocal_statement')
      );
    });
    if (!known) return `no function around knows ${name}`;
  }
  return undefined;
}

/** How a scope uses a name. */
interface Uses {
  /** The kinds of statements that declare it. */
  readonly declared: ReadonlySet<string>;
  /** The first place where it is used, but for those statements and imports; infinite if there is none. */
  readonly first: number;
  readonly isImported: boolean;
  /** The last place where it is annotated; -1 if it isn't. */
  readonly annotated: number;
}

const usesOf = fact((_: Script) => new Map<string, Uses>());

/** @param passes see `ownerOf` */
function usesIn(script: Script, scope: Syntax, name: string, passes = false): Uses {
  const key = `${scope.from} ${scope.to} ${passes} ${name}`;
  const known = usesOf(script).get(key);
  if (known) return known;
  const uses = {
    declared: new Set<string>(),
    first: Number.POSITIVE_INFINITY,
    isImported: false,
    annotated: -1,
  };
  for (const from of occurrencesOf(script.text, name, scope.from, scope.to)) {
    const used = script.root.at(from);
    const owner = used.parent;
    if (!owner || used.type !== 'identifier' || isOfAnother(used) || ownerOf(used, passes) !== scope)
      continue;
    if (/^(?:global|nonlocal)_statement$/.test(owner.type)) uses.declared.add(owner.type);
    else if (isImported(used)) uses.isImported = true;
    else uses.first = Math.min(uses.first, from);
    if (owner.type === 'assignment' && owner.from === from && owner.field('type')) uses.annotated = from;
  }
  usesOf(script).set(key, uses);
  return uses;
}

function isOfAnother(name: Syntax): boolean {
  const { parent } = name;
  if (parent?.type === 'attribute') return parent.from !== name.from;
  return parent?.type === 'keyword_argument' && parent.from === name.from;
}

function isImported(name: Syntax): boolean {
  const owner = name.parent?.type === 'dotted_name' ? name.parent.parent : name.parent;
  return /import/.test(owner?.type ?? '');
}

/** The scope that a name belongs to. @param passes whether comprehensions are passed: `:=` binds beyond them */
function ownerOf(name: Syntax, passes = false): Syntax {
  let child = name;
  for (let at = name.parent; at; child = at, at = at.parent)
    if (/^(?:lambda_)?parameters$/.test(at.type) && at.parent)
      return isParameter(name, child) ? at.parent : scopeOf(at.parent);
  let scope = scopeOf(name);
  while (passes && isComprehension(scope)) scope = scopeOf(scope);
  return scope;
}

/** Whether a name in a parameter is that parameter's own, and not of its default or annotation. */
function isParameter(name: Syntax, parameter: Syntax): boolean {
  for (let at = name; at !== parameter && at.parent; at = at.parent)
    if (at.parent.from !== at.from && !/splat/.test(at.parent.type)) return false;
  return true;
}

/** The functions and lambdas around a scope, from the innermost on. */
function functionsAround(scope: Syntax): readonly Syntax[] {
  const found: Syntax[] = [];
  for (let at = scope; at.parent; ) {
    at = scopeOf(at);
    if (/^(?:function_definition|lambda)$/.test(at.type)) found.push(at);
  }
  return found;
}
