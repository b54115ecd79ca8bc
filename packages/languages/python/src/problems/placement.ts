import { occurrencesOf } from '@katib-push/core';
import { headerEnd, topLevel } from '../edits/header.ts';
import { isComprehension, scopeOf } from '../names/scope.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

export function refuseAsync(at: Syntax): string | undefined {
  const owner = at.parent;
  const isUse =
    at.type === 'await'
      ? owner?.type === 'await'
      : /^(?:for|with)_statement$|^for_in_clause$/.test(owner?.type ?? '');
  if (!isUse || (at.type !== 'await' && at.type !== 'async')) return undefined;
  const scope = functionAround(at);
  return scope === 'generator' || isAsync(scope) ? undefined : `${at.type} outside an async function`;
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

/** @param at the `import` of `from … import *` */
export function refuseWildcard(at: Syntax): string | undefined {
  if (at.parent?.type !== 'import_from_statement') return undefined;
  return scopeOf(at).parent ? 'import * within a function or class' : undefined;
}

const FEATURES =
  /^(?:nested_scopes|generators|division|absolute_import|with_statement|print_function|unicode_literals|barry_as_FLUFL|generator_stop|annotations)$/;

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

/** @param at the `except` of a clause that names no class */
export function refuseBareExcept(at: Syntax): string | undefined {
  const clauses = at.parent?.type === 'except_clause' ? at.parent.parent?.parts : undefined;
  const next = clauses?.[clauses.indexOf(at.parent as Syntax) + 1];
  return next?.type === 'except_clause' ? 'except: has to come last' : undefined;
}

/** A parameter's name that is there twice. */
export function refuseParameters(at: Syntax, script: Script): string | undefined {
  const list = /^(?:def|lambda)$/.test(at.type) ? at.parent?.field('parameters') : undefined;
  const words = list ? (textOf(script, list).match(/[^\s*:=,()]+/g) ?? []) : [];
  // most lists are right by their words alone: defaults and annotations, too, are in there
  if (!list || new Set(words).size === words.length) return undefined;
  const names = list.parts.map((part) => /^[*\s]*([^\s:=]*)/.exec(textOf(script, part))?.[1]).filter(Boolean);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice && `the parameter ${twice} is there twice`;
}

const ONE =
  /^(?:as_pattern_target|(?:augmented_)?assignment|for_in_clause|yield|(?:expression|for|return)_statement)$/;

/** @param at the star of a value or target that begins with one: it has to be in a list, a target the only one there */
export function refuseStar(at: Syntax): string | undefined {
  const list = at.parent?.parent;
  if (!at.parent || !isStarred(at.parent) || !list) return undefined;
  if (ONE.test(list.type) && !list.children.some(({ type }) => type === ','))
    return 'a starred expression has to be in a list';
  return /pattern/.test(list.type) && list.parts.filter(isStarred).length > 1
    ? 'several starred targets in one list'
    : undefined;
}

function isStarred({ type }: Syntax): boolean {
  return type === 'list_splat' || type === 'list_splat_pattern';
}
