import { occurrencesOf } from '@katib-push/core';
import { headerEnd, topLevel } from '../edits/header.ts';
import { scopeOf } from '../names/scope.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Rule } from './rule.ts';

/** Keywords at places where Python doesn't take them. */
export const misplaced: readonly Rule[] = [
  { pattern: /\b(async|await)\b/dg, refuse: refuseAsync },
  { pattern: /\b(return|yield)\b/dg, refuse: refuseOutsideFunction },
  { pattern: /\b(break|continue)\b/dg, refuse: refuseOutsideLoop },
  { pattern: /\b(nonlocal|global)\b/dg, refuse: refuseScope },
  { pattern: /\bimport[ \t]*(\*)/dg, refuse: refuseWildcard },
  { pattern: /\b(from)[ \t]+__future__\b/dg, refuse: refuseFuture },
  { pattern: /\b(try)\b/dg, refuse: refuseTry },
];

function refuseAsync(at: Syntax, script: Script): string | undefined {
  const word = textOf(script, at);
  if (at.type === 'identifier' && /^(?:async|await)$/.test(word)) return `${word} is a keyword, and no name`;
  const owner = at.parent;
  const isUse =
    at.type === 'await'
      ? owner?.type === 'await'
      : /^(?:for|with)_statement$|^for_in_clause$/.test(owner?.type ?? '');
  if (!isUse || (at.type !== 'await' && at.type !== 'async')) return undefined;
  const scope = functionAround(at);
  if (
    scope === 'generator' ||
    (scope && scope.type === 'function_definition' && scope.children[0]?.type === 'async')
  )
    return undefined;
  return `${word} outside an async function`;
}

/** The function, lambda or class around a node; `generator` within a generator expression, which may be asynchronous. */
function functionAround(node: Syntax): Syntax | 'generator' | undefined {
  for (let scope = scopeOf(node); scope.parent; scope = scopeOf(scope)) {
    if (scope.type === 'generator_expression') return 'generator';
    if (/^(?:function|class)_definition$|^lambda$/.test(scope.type)) return scope;
  }
  return undefined;
}

function refuseOutsideFunction(at: Syntax): string | undefined {
  if (!/^(?:return_statement|yield)$/.test(at.parent?.type ?? '') || at.parent?.from !== at.from)
    return undefined;
  const scope = functionAround(at);
  const isInside = scope === 'generator' || (scope !== undefined && scope.type !== 'class_definition');
  return isInside ? undefined : `${at.type} outside a function`;
}

function refuseOutsideLoop(at: Syntax): string | undefined {
  const statement = at.parent;
  if (!/^(?:break|continue)_statement$/.test(statement?.type ?? '')) return undefined;
  for (let child = at, node = at.parent; node; child = node, node = node.parent) {
    if (/^(?:for|while)_statement$/.test(node.type) && child.type === 'block') return undefined;
    if (/^(?:function|class)_definition$/.test(node.type)) break;
  }
  return `${at.type} outside a loop`;
}

/** `nonlocal` needs a function around its own; neither may name a parameter, nor what is used above it. */
function refuseScope(at: Syntax, script: Script): string | undefined {
  const statement = at.parent;
  if (!statement || !/^(?:global|nonlocal)_statement$/.test(statement.type)) return undefined;
  const scope = scopeOf(statement);
  const outer = scope.type === 'function_definition' ? functionAround(scope) : undefined;
  if (at.type === 'nonlocal' && !outer) return 'nonlocal needs a function around its own';
  const begin = scope.field('parameters')?.from ?? scope.from;
  for (const part of statement.parts) {
    const name = textOf(script, part);
    for (const from of occurrencesOf(script.text, name, begin, statement.from)) {
      const used = script.root.at(from);
      if (used.type !== 'identifier' || used.from !== from || isOfAnother(used)) continue;
      const isParameter = scope.type === 'function_definition' && from < (scope.field('body')?.from ?? 0);
      if (scopeOf(used) === scope || (isParameter && isParameterName(used, scope)))
        return `${name} is used before it is declared ${at.type}`;
    }
  }
  return undefined;
}

/** Whether an identifier is an attribute's or a keyword's name. */
function isOfAnother(name: Syntax): boolean {
  const { parent } = name;
  if (parent?.type === 'attribute') return parent.from !== name.from;
  return parent?.type === 'keyword_argument' && parent.from === name.from;
}

function isParameterName(name: Syntax, scope: Syntax): boolean {
  const parameters = scope.field('parameters');
  let at = name;
  while (at.parent && at.parent !== parameters) {
    if (at.parent.from !== at.from && !/splat/.test(at.parent.type)) return false;
    at = at.parent;
  }
  return at.parent === parameters;
}

function refuseWildcard(at: Syntax): string | undefined {
  if (at.parent?.type !== 'wildcard_import') return undefined;
  return scopeOf(at).parent ? 'import * within a function or class' : undefined;
}

const FEATURES =
  /^(?:nested_scopes|generators|division|absolute_import|with_statement|print_function|unicode_literals|barry_as_FLUFL|generator_stop|annotations)$/;

function refuseFuture(at: Syntax, script: Script): string | undefined {
  const statement = at.parent;
  if (statement?.type !== 'future_import_statement') return undefined;
  const unknown = statement.parts
    .map((part) => part.parts[0] ?? part)
    .find((name) => !FEATURES.test(textOf(script, name)));
  if (unknown) return `__future__ knows no ${textOf(script, unknown)}`;
  const header = headerEnd(script, topLevel(script));
  return header !== undefined && statement.to <= header ? undefined : 'from __future__ has to come first';
}

function refuseTry(at: Syntax): string | undefined {
  const statement = at.parent;
  if (statement?.type !== 'try_statement') return undefined;
  const clauses = statement.parts.filter(({ type }) => /^except/.test(type));
  if (clauses.length === 0 && !statement.parts.some(({ type }) => type === 'finally_clause'))
    return 'try without except or finally';
  const bare = clauses.findIndex((clause) => clause.parts.every(({ type }) => type === 'block'));
  return bare >= 0 && bare < clauses.length - 1 ? 'except: has to come last' : undefined;
}
