import type { Range } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import { blankedAt } from './blank-comments.ts';

const EXTRAS: ReadonlySet<string> = new Set(['comment', 'line_continuation']);

/** Names of types by their id, of the one grammar that there is. */
const types = new Map<number, string>();

/** What the nodes of one tree share. */
interface Shared {
  readonly known: Map<number, Syntax>;
  /** Comments that the parser wasn't given; ascending. */
  readonly blanked: readonly Range[];
}

/**
 * A node of the tree, each of its properties asked for once: a call into WebAssembly costs about as much as
 * parsing two characters. One `Syntax` stands for one node: `===` compares nodes.
 */
export class Syntax {
  readonly from: number;
  readonly #node: Node;
  readonly #shared: Shared;
  #type: string | undefined;
  #to: number | undefined;
  /** `null`: the root. */
  #parent: Syntax | null | undefined;
  #children: readonly Syntax[] | undefined;
  #parts: readonly Syntax[] | undefined;

  private constructor(node: Node, shared: Shared) {
    this.#node = node;
    this.#shared = shared;
    this.from = node.startIndex;
  }

  /** @param blanked comments that the parser wasn't given; ascending */
  static root(node: Node, blanked: readonly Range[] = []): Syntax {
    const root = Syntax.#of(node, { known: new Map(), blanked });
    root.#parent = null;
    return root;
  }

  static #of(node: Node, shared: Shared): Syntax {
    let syntax = shared.known.get(node.id);
    if (!syntax) {
      syntax = new Syntax(node, shared);
      shared.known.set(node.id, syntax);
    }
    return syntax;
  }

  /** The grammar's name of the node: `call`, `identifier`, `(`. */
  get type(): string {
    if (this.#type) return this.#type;
    const id = this.#node.typeId;
    const type = types.get(id) ?? this.#node.type;
    types.set(id, type);
    this.#type = type;
    return type;
  }

  get to(): number {
    this.#to ??= this.#node.endIndex;
    return this.#to;
  }

  get hasError(): boolean {
    return this.#node.hasError;
  }

  /** Whether the parser made the node up to go on. */
  get isMissing(): boolean {
    return this.#node.isMissing;
  }

  /** Absent for the root. */
  get parent(): Syntax | undefined {
    if (this.#parent === undefined) {
      const node = this.#node.parent;
      this.#parent = node ? Syntax.#of(node, this.#shared) : null;
    }
    return this.#parent ?? undefined;
  }

  /** All children, punctuation and comments included. */
  get children(): readonly Syntax[] {
    this.#children ??= this.#adopt(this.#node.children);
    return this.#children;
  }

  /** Children that carry meaning: neither keywords, punctuation nor comments. */
  get parts(): readonly Syntax[] {
    this.#parts ??= this.#adopt(this.#node.namedChildren).filter(({ type }) => !EXTRAS.has(type));
    return this.#parts;
  }

  #adopt(nodes: readonly Node[]): readonly Syntax[] {
    return nodes.map((node) => {
      const child = Syntax.#of(node, this.#shared);
      child.#parent = this;
      return child;
    });
  }

  field(name: string): Syntax | undefined {
    const node = this.#node.childForFieldName(name);
    if (!node) return undefined;
    const child = Syntax.#of(node, this.#shared);
    child.#parent ??= this;
    return child;
  }

  /** The smallest node at a position; this one in a comment that the parser wasn't given. */
  at(index: number): Syntax {
    if (blankedAt(this.#shared.blanked, index)) return this;
    const node = this.#node.descendantForIndex(index, index + 1);
    return node ? Syntax.#of(node, this.#shared) : this;
  }
}
