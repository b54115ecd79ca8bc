import { nameOfCall, readCall } from '../call.ts';
import type { Script } from '../script.ts';
import { stringValue } from '../templates/string.ts';

const LOADS = /(?<![\w.])(?:sys\.)?source(?=\s*\()/g;

/** Files beside the script that it loads by a constant name: `source("helper.R")`. */
export function findModules(script: Script): readonly string[] {
  const files = new Set<string>();
  for (const { index, 0: name } of script.text.matchAll(LOADS)) {
    const node = script.root.descendantForIndex(index, index + name.length);
    const call = node && nameOfCall(node);
    if (!call) continue;
    const { positional, named } = readCall(script, call);
    const file = named.get('file') ?? positional[0];
    const path = file && stringValue(script, file)?.replace(/^\.\//, '');
    if (path && !/^(?:[/~]|\w+:)|\\/.test(path)) files.add(path);
  }
  return [...files];
}
