import { type Facts, type Lines, once, type Range, splitLines } from '@katib-push/core';
import type { BabelNode } from './babel-node.ts';
import type { Comment, Parsed } from './parse-text.ts';
import { Syntax } from './syntax.ts';

/** A text and its tree, and what is found out about it: see `fact`. */
export interface Script {
  readonly text: string;
  readonly facts: Facts;
  readonly parsed: Parsed;
  readonly root: Syntax;
  /** Whether the text can only be an ES module: it imports, exports or awaits. */
  readonly isModule: boolean;
  readonly comments: readonly Comment[];
  /** Ranges of the text that are stand-ins; ascending. */
  readonly opaque: readonly Range[];
  readonly lines: () => Lines;
  /** The script whose text this one is with insertions of ours; itself, if it has none. */
  readonly unedited: () => Script;
}

/** @param before the script whose text this one is with insertions of ours */
export function createScript(
  text: string,
  parsed: Parsed,
  opaque: readonly Range[],
  before?: Script,
): Script {
  const script: Script = {
    text,
    facts: new Map(),
    parsed,
    root: Syntax.root(parsed.program, parsed.moved),
    isModule: parsed.program.sourceType === 'module',
    comments: parsed.comments,
    opaque,
    lines: once(() => splitLines(text)),
    unedited: () => before?.unedited() ?? script,
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
