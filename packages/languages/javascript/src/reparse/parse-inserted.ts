import type { Edit, Range } from '@katib-push/core';
import { bindingsIn } from '../names/declarations.ts';
import { type BabelNode, isNode, nodesIn } from '../syntax/babel-node.ts';
import { parsePiece } from '../syntax/parse-text.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { hasUseStrict } from './find-unit.ts';

/** A text with its tree. */
export type Tree = Pick<Script, 'parsed' | 'root' | 'text'>;

/** Statements that are inserted between those of a program. */
export interface Inserted {
  readonly statements: readonly BabelNode[];
  /** The program with them. @param fresh gets the nodes that have their place in the new text */
  into(program: BabelNode, fresh: Set<BabelNode>): BabelNode;
}

export function isBetweenStatements(root: Syntax, at: number): boolean {
  return root.children.every(({ from, to }) => at <= from || to <= at);
}

/** Parses an insertion as statements of its own; `undefined` where what stands round it might belong to them. */
export function parseInserted(
  { text, root, parsed }: Tree,
  { from: at, insert }: Edit,
): Inserted | undefined {
  const previous = root.children.findLast(({ to }) => to <= at);
  if (root.list('directives').some(({ from }) => from >= at)) return undefined;
  const ends = insert.startsWith(';');
  const isHashbang = previous?.type === 'InterpreterDirective';
  const isEnded = isHashbang
    ? previous.to < at && !ends
    : !previous || text[previous.to - 1] === ';' || (ends && previous.to === at);
  if (!isEnded || !insert.endsWith(';') || parsed.comments.some((comment) => reachesTo(text, comment, at)))
    return undefined;
  const context = { isAsync: false, isGenerator: false, isStrict: hasUseStrict(root.node) };
  const shift = ends ? 1 : 0;
  const piece = parsePiece(insert.slice(shift), at + shift, parsed, context);
  if (!piece || piece.statements.at(-1)?.end !== at + insert.length) return undefined;
  for (const { type, id } of piece.statements) {
    if (!/^(?:FunctionDeclaration|ExpressionStatement)$/.test(type)) return undefined;
    if (isNode(id) && isTaken(text, root, id.name as string)) return undefined;
  }
  const { statements } = piece;
  const inFront = nodesIn(root.node, 'body').filter(({ end }) => end <= at).length;
  return {
    statements,
    into(program, fresh) {
      for (const statement of statements) fresh.add(statement);
      const extend = (node: BabelNode): BabelNode => {
        if (!ends || node !== previous?.node) return node;
        const longer = { ...node, end: node.end + 1 };
        fresh.add(longer);
        return longer;
      };
      const body = nodesIn(program, 'body').map(extend);
      const directives = nodesIn(program, 'directives').map(extend);
      return { ...program, directives, body: body.toSpliced(inFront, 0, ...statements) };
    },
  };
}

/** Whether the program declares the name, perhaps spelt with escapes. */
function isTaken(text: string, root: Syntax, name: string): boolean {
  if (!text.includes(name) && !text.includes('\\u')) return false;
  return Array.from(bindingsIn(root.node, true)).some((binding) => binding.name.name === name);
}

/** Whether what is inserted at the position would become part of the comment. */
function reachesTo(text: string, { from, to }: Range, at: number): boolean {
  return from < at && (at < to || (at === to && !text.startsWith('/*', from)));
}
