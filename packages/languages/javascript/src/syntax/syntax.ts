import { countWhile } from '@katib-push/core';
import { type BabelNode, eachChild, isNode } from './babel-node.ts';
import type { Moved } from './moves.ts';

/**
 * A node of the tree that knows its parent. Made only where somebody looks: one `Syntax` stands for one node, `===`
 * compares nodes. Parentheses are no nodes: a node's range lies within them.
 */
export class Syntax {
  readonly node: BabelNode;
  /** Absent for the program. */
  readonly parent: Syntax | undefined;
  /** The parent's field that holds it: `callee`, `arguments`; empty for the program. */
  readonly role: string;
  readonly from: number;
  readonly to: number;
  readonly #moved: Moved | undefined;
  #children: readonly Syntax[] | undefined;

  private constructor(node: BabelNode, parent: Syntax | undefined, role: string, moved: Moved | undefined) {
    this.node = node;
    this.parent = parent;
    this.role = role;
    // within a node that has its place in the text as it is now, all have
    this.#moved = moved?.fresh.has(node) ? undefined : moved;
    const moves = parent && this.#moved?.moves;
    this.from = moves ? moves.behind(node.start) : node.start;
    this.to = moves ? moves.before(node.end) : node.end;
  }

  /** @param moved set where the nodes have their places in an earlier text */
  static root(program: BabelNode, moved?: Moved): Syntax {
    return new Syntax(program, undefined, '', moved);
  }

  get type(): string {
    return this.node.type;
  }

  /**
   * In source order. Where two fields hold the same text, only the one that is a value counts: of `{ log }` the value,
   * of `import { log }` the local name.
   */
  get children(): readonly Syntax[] {
    if (this.#children) return this.#children;
    const found: Syntax[] = [];
    eachChild(this.node, (child, field) => found.push(new Syntax(child, this, field, this.#moved)));
    let ordered = true;
    for (let i = 1; i < found.length && ordered; i++)
      ordered = (found[i - 1] as Syntax).to <= (found[i] as Syntax).from;
    this.#children = ordered ? found : inOrder(found);
    return this.#children;
  }

  /** A single child by its field; absent where the field is empty. */
  field(name: string): Syntax | undefined {
    return isNode(this.node[name]) ? this.children.find((child) => child.role === name) : undefined;
  }

  /** The children of a field that holds several. Holes of arrays are left out. */
  list(name: string): readonly Syntax[] {
    return this.children.filter((child) => child.role === name);
  }

  /** Whether a flag of the node is set: `computed`, `optional`, `await`. */
  is(flag: string): boolean {
    return this.node[flag] === true;
  }

  /** A field that is text: an identifier's `name`, an operation's `operator`; empty where it isn't. */
  word(name: string): string {
    const value = this.node[name];
    return typeof value === 'string' ? value : '';
  }

  /** The smallest node at a position. */
  at(index: number): Syntax {
    let at: Syntax = this;
    for (;;) {
      const child = at.childAt(index);
      if (!child) return at;
      at = child;
    }
  }

  /** The last child that starts at or in front of the position, if it reaches beyond it. */
  childAt(index: number): Syntax | undefined {
    const child = this.children[countUpTo(this.children, index) - 1];
    return child && index < child.to ? child : undefined;
  }

  /** The last child that starts in front of the position. */
  childBefore(index: number): Syntax | undefined {
    return this.children[countUpTo(this.children, index - 1) - 1];
  }
}

/** How many children start at or in front of the position. */
function countUpTo(children: readonly Syntax[], index: number): number {
  return countWhile(children, ({ from }) => from <= index);
}

const SECOND: ReadonlySet<string> = new Set(['key', 'imported', 'exported']);

function inOrder(children: readonly Syntax[]): readonly Syntax[] {
  const values = children.filter(
    (child) =>
      !SECOND.has(child.role) ||
      !children.some((other) => other !== child && other.from === child.from && other.to >= child.to),
  );
  return values.sort((a, b) => a.from - b.from || a.to - b.to);
}
