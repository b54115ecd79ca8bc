import { importsOf } from '../names/imports.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

const LOADED =
  /\b(?:import_module|__import__|run_module|run_path|open)[ \t]*\([ \t]*[rR]?(['"])([\w./-]+)\1/g;

/**
 * Files beside the script that it may load, relative to its folder: `import helper` → `helper.py`,
 * `helper/__init__.py`. Standard and installed modules are among them: the caller knows which files there are.
 */
export function findModules(script: Script): readonly string[] {
  const files = new Set<string>();
  const add = (path: string) => {
    if (path.endsWith('/') || path === '') files.add(`${path}__init__.py`);
    else files.add(`${path}.py`).add(`${path}/__init__.py`);
  };
  for (const statement of importsOf(script).statements)
    for (const path of pathsOf(script, statement)) add(path);
  for (const match of script.text.matchAll(LOADED)) {
    const [call, , given = ''] = match;
    if (script.root.at(match.index).type !== 'identifier') continue;
    if (/^(?:run_path|open)/.test(call)) {
      if (given.endsWith('.py')) files.add(given.replace(/^\.\//, ''));
    } else add(given.replaceAll('.', '/'));
  }
  return [...files];
}

/** The paths, without an ending, that an import statement may read: each package on the way, and each name in it. */
function pathsOf(script: Script, statement: Syntax): readonly string[] {
  const word = (node: Syntax) => textOf(script, node).replace(/\s+/g, '');
  const module = statement.type === 'import_from_statement' ? statement.field('module_name') : undefined;
  const names = statement.parts
    .filter((part) => part !== module && part.type !== 'wildcard_import')
    .map((part) => word(part.type === 'aliased_import' ? (part.parts[0] ?? part) : part));
  if (!module) return names.flatMap((name) => steps('', name));
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(word(module)) ?? [];
  const base = dots.length > 1 ? '../'.repeat(dots.length - 1) : '';
  const own = name === '' ? [base] : steps(base, name);
  const folder = name === '' ? base : `${base}${name.replaceAll('.', '/')}/`;
  return [...own, ...names.map((each) => folder + each)];
}

/** `a.b.c` → `a`, `a/b`, `a/b/c` */
function steps(base: string, dotted: string): readonly string[] {
  const names = dotted.split('.');
  return names.map((_, index) => base + names.slice(0, index + 1).join('/'));
}
