import { fact, lastingFact } from '@katib-push/core';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { withoutWrapping } from './use.ts';

/** What an import statement binds: a local name and the dotted path it stands for. */
export interface Imports {
  /** `np` → `numpy`, `stdout` → `sys.stdout`. Function-level imports count for the whole file. */
  readonly paths: ReadonlyMap<string, string>;
  /** The statements themselves, in source order. */
  readonly statements: readonly Syntax[];
}

const IMPORT = /\b(?:import|from)\b/g;
/** The line up to a statement. */
const BEFORE = /(?:^|[;:])[ \t\f\uFEFF]*$/;

/** Finds import statements by their keyword, and reads them from the tree. */
export const importsOf = fact((script: Script): Imports => {
  const paths = new Map<string, string>();
  const statements: Syntax[] = [];
  for (const { index } of script.text.matchAll(IMPORT)) {
    const line = script.text.lastIndexOf('\n', index - 1) + 1;
    if (!BEFORE.test(script.text.slice(line, index))) continue;
    const statement = script.root.at(index).parent;
    if (!statement?.type.startsWith('import')) continue;
    statements.push(statement);
    for (const [name, path] of boundBy(script, statement)) paths.set(name, path);
  }
  return { paths, statements };
});

/** What imported names stand for. */
export const pathsOf = lastingFact((script: Script) => importsOf(script).paths);

/**
 * Reads a statement that the tree has found; its own grammar is simple enough for plain text.
 *
 *     from .pkg import (a as b,  # c
 *                       d)          b → .pkg.a, d → .pkg.d
 *     import os.path, numpy as np   os → os, np → numpy
 */
function boundBy(script: Script, statement: Syntax): readonly (readonly [string, string])[] {
  const source = script.text.slice(statement.from, statement.to).replace(/#[^\n]*|\\\r?\n|[()]/g, ' ');
  const from = /^from\s*(\S[\s\S]*?)\s*\bimport\s+([\s\S]*)$/.exec(source);
  const module = from?.[1]?.replace(/\s+/g, '') ?? '';
  const prefix = module === '' || module.endsWith('.') ? module : `${module}.`;
  const names = from ? (from[2] as string) : source.replace(/^import\b/, '');
  return names.split(',').flatMap((each): readonly (readonly [string, string])[] => {
    const [name = '', , alias] = each.trim().split(/\s+(as)\s+/);
    const path = name.replace(/\s+/g, '');
    if (path === '' || path === '*') return [];
    if (alias) return [[alias, prefix + path]];
    // `import os.path` binds `os`
    const head = path.split('.', 1)[0] as string;
    return from ? [[path, prefix + path]] : [[head, head]];
  });
}

/** `np.log` → `numpy.log`; `undefined` for anything but names joined by dots. What is wrapped is what it was before. */
export function dottedPath(script: Script, given: Syntax): string | undefined {
  const expression = given.type === 'call' ? withoutWrapping(script, given) : given;
  if (expression.type !== 'identifier' && expression.type !== 'attribute') return undefined;
  const text = textOf(script, expression).replace(/[\s\\]+/g, '');
  if (!/^[\w\u0080-\uFFFF.]+$/.test(text)) return undefined;
  const dot = text.indexOf('.');
  const head = dot < 0 ? text : text.slice(0, dot);
  return (pathsOf(script).get(head) ?? head) + text.slice(head.length);
}
