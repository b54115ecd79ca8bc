import { type HoleType, type Lines, overlaps, type Range, splitLines } from '@katib-push/core';
import { boundClientNames } from '../edits/free-name.ts';
import type { Binding } from '../names/binding.ts';
import type { Write } from '../names/write.ts';
import { namesAsText } from '../statements/never.ts';
import type { BabelNode } from './babel-node.ts';
import type { Comment, Dialect, Parsed } from './parse-text.ts';
import { Syntax } from './syntax.ts';

/** A text and its tree, with what several parts of the detection ask about it, each found when first asked for. */
export interface Script {
  readonly text: string;
  readonly root: Syntax;
  /** Whether the text can only be an ES module: it imports, exports or awaits. */
  readonly isModule: boolean;
  readonly dialect: Dialect;
  readonly comments: readonly Comment[];
  /** Ranges of the text that are stand-ins; ascending. */
  readonly opaque: readonly Range[];
  readonly lines: () => Lines;
  /** Remembers what a scope declares, by scope. */
  readonly declared: Map<BabelNode, ReadonlyMap<string, readonly Binding[]>>;
  /** Remembers `writesTo`, by scope and name. */
  readonly writes: Map<string, readonly Write[] | undefined>;
  /** Remembers `typeOf` of names, by scope and name; `undefined` while it is being found. */
  readonly nameTypes: Map<string, HoleType | undefined>;
  /** Remembers whether a name may be declared anywhere. */
  readonly declarable: Map<string, boolean>;
  /** Whether the text may hold a `var`. */
  readonly hasVars: () => boolean;
  /** Names whose value is being followed. */
  readonly following: Set<Syntax>;
  /** Names of whatever may be turned into text. */
  readonly namesAsText: () => ReadonlySet<string>;
  /** Names that one of our own preludes binds. */
  readonly clientNames: () => ReadonlySet<string>;
}

export function createScript(text: string, parsed: Parsed, opaque: readonly Range[]): Script {
  return {
    text,
    root: Syntax.root(parsed.program),
    isModule: parsed.program.sourceType === 'module',
    dialect: parsed.dialect,
    comments: parsed.comments,
    opaque,
    lines: once(() => splitLines(text)),
    declared: new Map(),
    writes: new Map(),
    nameTypes: new Map(),
    declarable: new Map(),
    hasVars: once(() => /\bvar\b/.test(text)),
    following: new Set(),
    namesAsText: once(() => namesAsText(text)),
    clientNames: once(() => boundClientNames(text)),
  };
}

/** Finds a value when it is first asked for; what it was found in may be freed then. */
export function once<Value>(find: () => Value): () => Value {
  let finder: (() => Value) | undefined = find;
  let found: Value;
  return () => {
    if (finder) {
      found = finder();
      finder = undefined;
    }
    return found;
  };
}

/** The place of a node in the tree. @throws if it is of another tree */
export function locate(script: Script, node: BabelNode): Syntax {
  let at: Syntax | undefined = script.root.at(node.start);
  while (at && at.node !== node) at = at.parent;
  if (!at) throw new Error(`no ${node.type} stands at ${node.start}`);
  return at;
}

/** The source of a node as it stands, stand-ins shown as `…`. */
export function sourceOf(script: Script, range: Range): string {
  let source = '';
  let at = range.from;
  for (const hole of script.opaque) {
    if (hole.to <= at || hole.from >= range.to) continue;
    source += `${script.text.slice(at, Math.max(at, hole.from))}…`;
    at = Math.min(hole.to, range.to);
  }
  return source + script.text.slice(at, range.to);
}

export function isOpaque(script: Script, range: Range): boolean {
  return script.opaque.length > 0 && script.opaque.some((hole) => overlaps(hole, range));
}

export function textOf(script: Script, range: Range): string {
  return script.text.slice(range.from, range.to);
}

/** The expression within type assertions: `console as any`, `console!`, `<any>console`. */
export function withoutAssertion(expression: Syntax): Syntax {
  let at = expression;
  while (isAssertion(at)) {
    const inner = at.field('expression');
    if (!inner) return at;
    at = inner;
  }
  return at;
}

export function isAssertion(node: Syntax): boolean {
  return /^TS(?:As|Satisfies|NonNull|TypeAssertion|Instantiation)(?:Expression)?$/.test(node.type);
}
