import { occurrencesOf } from '@katib-push/core';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { readCall } from './call.ts';
import { dottedPath, pathsOf } from './imports.ts';
import { type Lookup, readLookup } from './lookup.ts';
import { resolveName } from './resolve.ts';
import { scopeOf } from './scope.ts';
import { withoutWrapping } from './use.ts';

/** Where an object comes from, as far as one look at its assignments tells. */
export interface Origin {
  /** A dotted path through an import: `sys.stdout`, `logging`, `torch`; names that nothing binds stand for themselves. */
  readonly path?: string;
  /** The dotted path of what was called to make it: `logging.getLogger`, `argparse.ArgumentParser`, `open`. */
  readonly madeBy?: string;
}

/** Follows a name or `self.name` through its assignments (at most three), or a call to its callee. */
export function originOf(script: Script, expression: Syntax, depth = 0): Origin {
  const at = withoutWrapping(script, expression);
  if (at.type === 'call') {
    const callee = at.field('function');
    const path = callee && dottedPath(script, callee);
    const lookup = path === 'getattr' && callee ? readLookup(script, callee) : undefined;
    if (lookup) return originOfLookup(script, lookup);
    const module = path !== undefined && IMPORTS.test(path) ? moduleNamed(script, at) : undefined;
    if (module !== undefined) return { path: module };
    return path === undefined ? {} : { madeBy: path };
  }
  if (at.type === 'attribute') return originOfAttribute(script, at, depth);
  if (at.type !== 'identifier') return {};
  const name = textOf(script, at);
  const imported = pathsOf(script).get(name);
  if (imported !== undefined) return { path: imported };
  const resolved = resolveName(script, at);
  if (!resolved) return { path: name };
  const values = resolved.bindings.flatMap(({ kind, value, position }) =>
    // of `a, b = x, y`, the value is that of the place
    value && (position === undefined || kind === 'assignment') && kind !== 'loop' && kind !== 'augmented'
      ? [value]
      : [],
  );
  if (values.length !== resolved.bindings.length || depth >= 3) return {};
  return agree(values.map((value) => originOf(script, value, depth + 1)));
}

const IMPORTS = /^(?:__import__|importlib\.import_module)$/;

/** The module of `importlib.import_module("os")`, where a plain string names it. */
function moduleNamed(script: Script, call: Syntax): string | undefined {
  const [name] = readCall(script, call).positional;
  return name && /^(["'])([\w.]+)\1$/.exec(textOf(script, name))?.[2];
}

/** `getattr(sys, "stdout")` is `sys.stdout`. */
function originOfLookup(script: Script, { receiver, word }: Lookup): Origin {
  const owner = dottedPath(script, receiver);
  return owner === undefined || word === undefined ? {} : { path: `${owner}.${word}` };
}

/** `self.log = logging.getLogger()` anywhere in the file tells of `self.log` everywhere; in a class, `log = …` does. */
function originOfAttribute(script: Script, attribute: Syntax, depth: number): Origin {
  const path = dottedPath(script, attribute);
  if (path === undefined) return {};
  const head = path.split('.', 1)[0];
  if (head !== 'self' && head !== 'cls') return { path };
  const name = path.slice(path.lastIndexOf('.') + 1);
  const values = occurrencesOf(script.text, name, 0, script.text.length)
    .slice(0, 40)
    .flatMap((from) => {
      if (!/^[ \t]*(?::[^=\n]*)?=(?!=)/.test(script.text.slice(from + name.length, from + name.length + 80)))
        return [];
      const target = script.root.at(from).parent;
      const assignment = target?.type === 'attribute' ? target.parent : target;
      return assignment?.type === 'assignment' ? valueFor(script, assignment, path, name) : [];
    });
  return depth < 3 ? agree(values.map((value) => originOf(script, value, depth + 1))) : {};
}

/** The value that an assignment gives to `self.name`; none if it is another's. */
function valueFor(script: Script, assignment: Syntax, path: string, name: string): readonly Syntax[] {
  const value = assignment.field('right');
  const [target] = assignment.parts;
  if (!value || !target) return [];
  const written = textOf(script, target);
  const isOfClass = written === name && scopeOf(target).type === 'class_definition';
  return written === path || isOfClass ? [value] : [];
}

/** What all say; nothing if they differ. */
function agree([first, ...others]: readonly Origin[]): Origin {
  if (!first) return {};
  return others.every((other) => other.path === first.path && other.madeBy === first.madeBy) ? first : {};
}
