import { occurrencesOf } from '@katib-push/core';
import { headerEnd, topLevel } from '../edits/header.ts';
import { isComprehension, scopeOf } from '../names/scope.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** A keyword that the grammar takes for a name. */
export function refuseKeyword(at: Syntax, script: Script): string | undefined {
  return at.type === 'identifier' ? `${textOf(script, at)} is a keyword, and no name` : undefined;
}

export function refuseAsync(at: Syntax, script: Script): string | undefined {
  const word = textOf(script, at);
  if (at.type === 'identifier' && /^(?:async|await)$/.test(word)) return refuseKeyword(at, script);
  const owner = at.parent;
  const isUse =
    at.type === 'await'
      ? owner?.type === 'await'
      : /^(?:for|with)_statement$|^for_in_clause$/.test(owner?.type ?? '');
  if (!isUse || (at.type !== 'await' && at.type !== 'async')) return undefined;
  const scope = functionAround(at);
  return scope === 'generator' || isAsync(scope) ? undefined : `${word} outside an async function`;
}

function isAsync(scope: Syntax | undefined): boolean {
  return scope?.type === 'function_definition' && scope.children[0]?.type === 'async';
}

/** The function, lambda or class around a node; `generator` within a generator expression, which may be asynchronous. */
function functionAround(node: Syntax): Syntax | 'generator' | undefined {
  for (let scope = scopeOf(node); scope.parent; scope = scopeOf(scope)) {
    if (scope.type === 'generator_expression') return 'generator';
    if (/^(?:function|class)_definition$|^lambda$/.test(scope.type)) return scope;
  }
  return undefined;
}

/** `return` and `yield` */
export function refuseOutsideFunction(at: Syntax, script: Script): string | undefined {
  const owner = at.parent;
  if (!owner || !/^(?:return_statement|yield)$/.test(owner.type) || owner.from !== at.from) return undefined;
  if (at.type === 'yield' && isInComprehension(owner)) return 'yield in a comprehension';
  const scope = functionAround(at);
  if (scope === 'generator') return undefined;
  if (scope === undefined || scope.type === 'class_definition') return `${at.type} outside a function`;
  if (!isAsync(scope)) return undefined;
  if (at.type === 'yield')
    return owner.children[1]?.type === 'from' ? 'yield from in an async function' : undefined;
  return owner.parts.length > 0 && yields(script, scope) ? 'an async generator returns no value' : undefined;
}

/** Whether a function yields itself, not one within. */
function yields({ text, root }: Script, scope: Syntax): boolean {
  return occurrencesOf(text, 'yield', scope.from, scope.to).some((from) => {
    const word = root.at(from);
    return word.type === 'yield' && functionAround(word) === scope;
  });
}

/** What a comprehension goes through first is evaluated around it. */
function isInComprehension(node: Syntax): boolean {
  for (let child = node, at = node.parent; at; child = at, at = at.parent) {
    if (/^(?:function|class)_definition$|^lambda$/.test(at.type)) return false;
    if (!isComprehension(at)) continue;
    const first = at.parts.find(({ type }) => type === 'for_in_clause');
    const right = child === first ? first.field('right') : undefined;
    if (!right || node.from < right.from || right.to < node.to) return true;
  }
  return false;
}

export function refuseOutsideLoop(at: Syntax): string | undefined {
  const statement = at.parent;
  if (!/^(?:break|continue)_statement$/.test(statement?.type ?? '')) return undefined;
  for (let child = at, node = at.parent; node; child = node, node = node.parent) {
    if (/^(?:for|while)_statement$/.test(node.type) && child.type === 'block') return undefined;
    if (/^(?:function|class)_definition$/.test(node.type)) break;
  }
  return `${at.type} outside a loop`;
}

/** @param at the star of `from … import *` */
export function refuseWildcard(at: Syntax): string | undefined {
  if (at.parent?.type !== 'wildcard_import') return undefined;
  return scopeOf(at).parent ? 'import * within a function or class' : undefined;
}

const FEATURES =
  /^(?:nested_scopes|generators|division|absolute_import|with_statement|print_function|unicode_literals|barry_as_FLUFL|generator_stop|annotations)$/;

/** @param at the `from` of `from __future__` */
export function refuseFuture(at: Syntax, script: Script): string | undefined {
  const statement = at.parent;
  if (statement?.type !== 'future_import_statement') return undefined;
  const unknown = statement.parts
    .map((part) => part.parts[0] ?? part)
    .find((name) => !FEATURES.test(textOf(script, name)));
  if (unknown) return `__future__ knows no ${textOf(script, unknown)}`;
  const header = headerEnd(script, topLevel(script));
  return header !== undefined && statement.to <= header ? undefined : 'from __future__ has to come first';
}

/** @param at a comma at the end of an import */
export function refuseComma(at: Syntax): string | undefined {
  return /^import_(?:from_)?statement$/.test(at.parent?.type ?? '') && at.parent?.to === at.to
    ? 'a comma at the end of an import'
    : undefined;
}

/** @param at a dot behind `from … import` */
export function refuseDotted(at: Syntax): string | undefined {
  return at.parent?.type === 'dotted_name' ? 'from … import takes names without dots' : undefined;
}

export function refuseTry(at: Syntax): string | undefined {
  const statement = at.parent;
  if (statement?.type !== 'try_statement') return undefined;
  const clauses = statement.parts.filter(({ type }) => /^except/.test(type));
  if (clauses.length === 0 && !statement.parts.some(({ type }) => type === 'finally_clause'))
    return 'try without except or finally';
  if (clauses.length === 0 && statement.parts.some(({ type }) => type === 'else_clause'))
    return 'try with else, but without except';
  const bare = clauses.findIndex((clause) => clause.parts.every(({ type }) => type === 'block'));
  if (bare >= 0 && bare < clauses.length - 1) return 'except: has to come last';
  const groups = clauses.filter(
    ({ children }) => children[1]?.type === '*' || children[0]?.type === 'except*',
  );
  if (groups.length > 0 && groups.length < clauses.length) return 'both except and except*';
  return groups.length > 0 && bare >= 0 ? 'except* needs a class' : undefined;
}

export function refuseAssert(at: Syntax): string | undefined {
  const { parent } = at;
  return parent?.type === 'assert_statement' && parent.parts.length > 2
    ? 'assert takes one message'
    : undefined;
}

/** @param at the `except` of several classes without parentheses, which Python 3.14 takes, but gives no name */
export function refuseCaught(at: Syntax): string | undefined {
  const [first, ...others] = at.parent?.type === 'except_clause' ? at.parent.parts : [];
  return first?.type === 'as_pattern' && others.length > 1
    ? 'what is caught under one name needs parentheses'
    : undefined;
}
