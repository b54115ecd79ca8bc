import { boundClientNames, type HoleType, type Lines, once, type Range, splitLines } from '@katib-push/core';
import type { Tree } from 'web-tree-sitter';
import { preludeStart } from '../edits/prelude-start.ts';
import { showsMessageAlone } from '../facts/log-format.ts';
import { type LogSetup, readLogSetup } from '../facts/log-setup.ts';
import type { Binding } from '../names/binding.ts';
import { collectImports, type Imports } from '../names/imports.ts';
import { sharedNames } from '../names/shared-names.ts';
import { type Compiled, collectCompiled } from '../statements/compilers.ts';
import { blankedAt } from './blank-comments.ts';
import { Syntax } from './syntax.ts';

/** A text and its tree, with what several parts of the detection ask about it, each found when first asked for. */
export interface Script {
  readonly text: string;
  readonly root: Syntax;
  /** The comment that holds a position; `undefined` where code or a string does. */
  readonly commentAt: (at: number) => Range | undefined;
  /** Ranges of the text that are stand-ins; ascending. */
  readonly opaque: readonly Range[];
  /** Whether the tree is freed: nothing more can be asked of it. */
  readonly isDisposed: () => boolean;
  /** Whether the text holds a match of the expression, looked for once: the same object each time. */
  readonly holds: (pattern: RegExp) => boolean;
  readonly imports: () => Imports;
  /** Of the imports, what names stand for. */
  readonly paths: () => Imports['paths'];
  readonly lines: () => Lines;
  /** What is handed to compilers by name. */
  readonly compiled: () => Compiled;
  /** Whether it is the program itself; else another one may load it. */
  readonly isMain: boolean;
  /** See `readLogSetup` in facts. */
  readonly logSetup: () => LogSetup;
  /** See `showsMessageAlone` in facts. */
  readonly showsMessageAlone: () => boolean;
  readonly sharedNames: () => ReadonlySet<string>;
  /** Remembers `resolveName`, by scope and name. */
  readonly bindings: Map<string, readonly Binding[] | 'too many'>;
  /** Remembers `typeOf` of names, by where their value stands. */
  readonly nameTypes: Map<number, HoleType>;
  /** Names whose value is being followed. */
  readonly following: Set<Syntax>;
  /** How many expressions and names deep a template or type is being found. */
  readonly nesting: { depth: number };
  /** Names that one of our own preludes binds. */
  readonly clientNames: () => ReadonlySet<string>;
}

/**
 * @param blanked comments that the parser wasn't given; ascending
 * @param before the script whose text this one is with our own insertions: they import and compile nothing, so what is
 *   known of that holds here too
 * @param isMain whether it is the program itself
 */
export function createScript(
  text: string,
  tree: Tree,
  opaque: readonly Range[],
  isDisposed: () => boolean = () => false,
  blanked: readonly Range[] = [],
  before?: Script,
  isMain = before?.isMain ?? false,
): Script {
  const root = Syntax.root(tree.rootNode, blanked);
  const held = new Map<RegExp, boolean>();
  const [paths, compiled] = [before?.paths(), before?.compiled()];
  const script: Script = {
    text,
    holds(pattern) {
      const known = held.get(pattern) ?? pattern.test(text);
      held.set(pattern, known);
      return known;
    },
    root,
    commentAt(at) {
      const node = root.at(at);
      return node.type === 'comment' ? node : blankedAt(blanked, at);
    },
    opaque,
    isDisposed,
    imports: once(() => collectImports(script)),
    paths: () => paths ?? script.imports().paths,
    lines: once(() => splitLines(text)),
    compiled: once(() => compiled ?? collectCompiled(script)),
    isMain,
    logSetup: before?.logSetup ?? once(() => readLogSetup(script)),
    showsMessageAlone: once(() => showsMessageAlone(script)),
    sharedNames: before?.sharedNames ?? once(() => sharedNames(text)),
    bindings: new Map(),
    nameTypes: new Map(),
    following: new Set(),
    nesting: { depth: 0 },
    clientNames: once(() => boundClientNames(text, preludeStart)),
  };
  return script;
}

/** What lies deeper counts as unknown: the stack has to hold it. */
const MOST_NESTED = 100;

/** What `find` says, or `otherwise` where that would go too deep. */
export function nested<Value>(script: Script, otherwise: Value, find: () => Value): Value {
  const { nesting } = script;
  if (nesting.depth >= MOST_NESTED) return otherwise;
  nesting.depth += 1;
  try {
    return find();
  } finally {
    nesting.depth -= 1;
  }
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
