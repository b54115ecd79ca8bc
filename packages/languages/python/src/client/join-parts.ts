import { readFileSync } from 'node:fs';
import { stripComments } from './strip-comments.ts';

export interface JoinOptions {
  /** Parts that are not delivered: whatever others import from them is None. Default: none. */
  readonly leftOut?: readonly string[];
  /** Texts of further parts, by name; they may import from the client's. Default: none. */
  readonly more?: ReadonlyMap<string, string>;
}

const relativeImport = /^from \.(\w*) import (?:\(([^)]*)\)|(.*))\n/gm;
const libraryImport = /^(?:import|from \w+ import) .*\n/gm;
const joined = new Map<string, string>();

/**
 * Parts of the client as one text, in the order in which they need each other, without comments and docstrings: Python
 * that runs in one namespace, so that what several parts import stands there once. A part is a module of `client/parts`; it imports from others by `from .name import …`, or `from . import name`
 * where it needs it to have run, at the beginning of a line, and those are joined with it. The same names give the same text.
 *
 * @param entries the parts that are wanted, `start` for the whole client
 * @throws Error for a part that there isn't, for parts that import each other, and for a renaming import
 */
export function joinParts(entries: readonly string[], { leftOut = [], more }: JoinOptions = {}): string {
  const key = more ? '' : `${entries.join()}-${leftOut.join()}`;
  const before = key && joined.get(key);
  if (before) return before;
  const texts = new Map<string, string>();
  const open = new Set<string>();
  const imported = new Set<string>();
  const add = (name: string): void => {
    if (texts.has(name) || leftOut.includes(name)) return;
    if (open.has(name)) throw new Error(`parts import each other: ${[...open, name].join(' → ')}`);
    open.add(name);
    const text = stripPart(more?.get(name) ?? readPart(name)).replace(
      relativeImport,
      (_, from: string, list: string | undefined, line: string | undefined) => {
        const names = (list ?? line ?? '').split(',').flatMap((each) => each.trim() || []);
        const renamed = names.find((each) => !/^\w+$/.test(each));
        if (renamed) throw new Error(`part ${name}: can't join "import ${renamed}"`);
        for (const part of from ? [from] : names) add(part);
        return from && leftOut.includes(from) ? `${names.join(' = ')} = None\n` : '';
      },
    );
    open.delete(name);
    const once = text.replace(libraryImport, (line) => {
      if (imported.has(line)) return '';
      imported.add(line);
      return line;
    });
    texts.set(name, once.trim());
  };
  for (const name of entries) add(name);
  const text = `${[...texts.values()].join('\n\n\n')}\n`;
  if (key) joined.set(key, text);
  return text;
}

const stripped = new Map<string, string>();

/** A part is stripped once, whichever texts it becomes a part of. */
function stripPart(text: string): string {
  const result = stripped.get(text) ?? stripComments(text);
  stripped.set(text, result);
  return result;
}

function readPart(name: string): string {
  return readFileSync(new URL(`../../client/parts/${name}.py`, import.meta.url), 'utf8');
}
