import { occurrencesOf } from '@katib-push/core';
import { scopeOf } from '../names/scope.ts';
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
    const own = namesIn(script, scope, name).filter((used) => ownerOf(used) === scope);
    const wrong = own.map((used) => refuseUse(used, statement, scope, name)).find((message) => message);
    if (wrong) return wrong;
    const known = around.some((outer) =>
      namesIn(script, outer, name).some(
        (used) => ownerOf(used, true) === outer && !isDeclared(used, 'global'),
      ),
    );
    if (at.type === 'nonlocal' && !known && name !== '__class__') return `no function around knows ${name}`;
  }
  return undefined;
}

function refuseUse(used: Syntax, statement: Syntax, scope: Syntax, name: string): string | undefined {
  const word = statement.type.replace('_statement', '');
  const owner = used.parent;
  if (owner && /^(?:global|nonlocal)_statement$/.test(owner.type))
    return owner.type === statement.type ? undefined : `${name} is both global and nonlocal`;
  if (used.from > statement.from)
    return scope.parent && owner?.type === 'assignment' && owner.from === used.from && owner.field('type')
      ? `${name} is ${word}, and annotated`
      : undefined;
  return isImported(used) ? undefined : `${name} is used before it is declared ${word}`;
}

/** Identifiers of a name in a scope and those within, which are neither attributes nor keywords of a call. */
function namesIn({ text, root }: Script, scope: Syntax, name: string): readonly Syntax[] {
  return occurrencesOf(text, name, scope.from, scope.to)
    .map((from) => root.at(from))
    .filter((found) => found.type === 'identifier' && !isOfAnother(found));
}

function isOfAnother(name: Syntax): boolean {
  const { parent } = name;
  if (parent?.type === 'attribute') return parent.from !== name.from;
  return parent?.type === 'keyword_argument' && parent.from === name.from;
}

function isDeclared(name: Syntax, word: string): boolean {
  return name.parent?.type === `${word}_statement`;
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
  while (passes && /comprehension$|^generator_expression$/.test(scope.type)) scope = scopeOf(scope);
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
