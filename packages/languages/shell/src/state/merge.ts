import { limits } from '../limits.ts';
import type { Value } from '../values/value.ts';
import { type File, freshSymbol, type Shell, type Variable } from './shell.ts';

/**
 * The shell after one of several ways was taken, it isn't known which: what they left different may be either. A way
 * that has ended doesn't come here.
 */
export function mergeInto(shell: Shell, ways: readonly Shell[]): void {
  const open = ways.filter((way) => !way.ended);
  const [first, ...others] = open;
  if (!first) {
    shell.ended = true;
    // Files that were written stay: something running in the background may read them.
    for (const way of ways) for (const [key, file] of way.files) shell.files.set(key, file);
    return;
  }
  Object.assign(shell, first, { uncertain: shell.uncertain });
  for (const other of others) {
    mergeMaps(shell.variables, other.variables, (a, b) => mergeVariables(a, b, shell));
    mergeMaps(shell.files, other.files, mergeFiles);
    mergeMaps(shell.arrays, other.arrays, (a) => a);
    for (const name of new Set([...shell.functions.keys(), ...other.functions.keys()]))
      if (shell.functions.get(name) !== other.functions.get(name)) shell.functions.set(name, undefined);
    for (const key of other.directories) shell.directories.add(key);
  }
}

function mergeMaps<T>(into: Map<string, T>, from: ReadonlyMap<string, T>, merge: (a: T, b: T) => T): void {
  if (into === from) return;
  for (const [key, value] of from) {
    const own = into.get(key);
    if (own === undefined) into.set(key, value);
    else if (own !== value) into.set(key, merge(own, value));
  }
}

function mergeVariables(a: Variable, b: Variable, shell: Shell): Variable {
  return {
    symbol: freshSymbol(shell),
    choices: a.choices.length && b.choices.length ? union(a.choices, b.choices) : [],
  };
}

function mergeFiles(a: File, b: File): File {
  const because = a.because ?? b.because;
  return { choices: union(a.choices, b.choices), ...(because ? { because } : {}) };
}

function union(a: readonly Value[], b: readonly Value[]): readonly Value[] {
  const all = [...new Set([...a, ...b])];
  return all.length > limits.choices ? [] : all;
}
