import { boundClientNames, type HoleType, type Lines, once, type Range, splitLines } from '@katib-push/core';
import { preludeStart } from '../edits/prelude-start.ts';
import type { Binding } from '../names/binding.ts';
import type { Write } from '../names/write.ts';
import { namesAsText } from '../statements/never.ts';
import type { BabelNode } from './babel-node.ts';
import type { Comment, Dialect, Parsed } from './parse-text.ts';
import { Syntax } from './syntax.ts';

/** A text and its tree, with what several parts of the detection ask about it, each found when first asked for. */
export interface Script {
  readonly text: string;
  readonly parsed: Parsed;
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
  /** Remembers `typeOf` of names, by declaration. */
  readonly nameTypes: Map<BabelNode, HoleType>;
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
  const script: Script = {
    text,
    parsed,
    root: Syntax.root(parsed.program, parsed.moved),
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
    clientNames: once(() => boundClientNames(text, preludeStart)),
  };
  return script;
}

/** The place of a node in the tree. @throws if it is of another tree */
export function locate(script: Script, node: BabelNode): Syntax {
  const { moved } = script.parsed;
  // only where it is found does it show whether it has its place in this text or in an earlier one
  for (const place of moved ? [moved.moves.behind(node.start), node.start] : [node.start])
    for (let at: Syntax | undefined = script.root.at(place); at; at = at.parent)
      if (at.node === node) return at;
  throw new Error(`no ${node.type} stands at ${node.start}`);
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
