import { type Facts, type Lines, once, type Range, splitLines } from '@katib-push/core';
import type { Tree } from 'web-tree-sitter';
import { blankedAt } from './blank-comments.ts';
import { Syntax } from './syntax.ts';

/** A text and its tree, and what is found out about it: see `fact`. */
export interface Script {
  readonly text: string;
  readonly facts: Facts;
  readonly root: Syntax;
  readonly lines: () => Lines;
  /** The comment that holds a position; `undefined` where code or a string does. */
  readonly commentAt: (at: number) => Range | undefined;
  /** Ranges of the text that are stand-ins; ascending. */
  readonly opaque: readonly Range[];
  /** Whether it is the program itself; else another one may load it. */
  readonly isMain: boolean;
  /**
   * The script whose text this one is with insertions of ours; itself, if it has none, or that one's tree is freed. No getter:
   * with one, each script would be of a hidden class of its own, which keeps it until all memory is collected.
   */
  readonly unedited: () => Script;
  /** Whether the tree is freed: nothing more can be asked of it. */
  readonly isDisposed: () => boolean;
}

export interface ScriptOptions {
  readonly opaque: readonly Range[];
  /** Default: false. */
  readonly isMain?: boolean;
  /** The script whose text this one is with insertions of ours. */
  readonly before?: Script;
  /** Comments that the parser wasn't given; ascending. Default: none. */
  readonly blanked?: readonly Range[];
  /** Default: never. */
  readonly isDisposed?: () => boolean;
}

export function createScript(text: string, tree: Tree, options: ScriptOptions): Script {
  const { opaque, isMain = false, before, blanked = [], isDisposed = () => false } = options;
  const root = Syntax.root(tree.rootNode, blanked);
  const script: Script = {
    text,
    facts: new Map(),
    root,
    lines: once(() => splitLines(text)),
    commentAt(at) {
      const node = root.at(at);
      return node.type === 'comment' ? node : blankedAt(blanked, at);
    },
    opaque,
    isMain,
    unedited: () => (before && !before.isDisposed() ? before.unedited() : script),
    isDisposed,
  };
  return script;
}

/** The text of a node, which holds no stand-ins or where they don't matter. */
export function textOf(script: Script, range: Range): string {
  return script.text.slice(range.from, range.to);
}

/** The expression within any number of parentheses. */
export function withoutParentheses(expression: Syntax): Syntax {
  let at = expression;
  while (at.type === 'parenthesized_expression') {
    const inner = at.parts[0];
    if (!inner) return at;
    at = inner;
  }
  return at;
}
