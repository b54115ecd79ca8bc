import type { Edit, Range } from '@katib-push/core';
import { type BabelNode, isNode } from '../syntax/babel-node.ts';
import { createMoves, type Moves } from '../syntax/moves.ts';
import { type Comment, type Parsed, type ParseFailure, parsePiece, parseText } from '../syntax/parse-text.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { compareTrees } from './compare-trees.ts';
import { findUnit, type Unit } from './find-unit.ts';
import { isBetweenStatements, parseInserted, type Tree } from './parse-inserted.ts';

/**
 * Parses a text again after edits, as far as they reach where that can be done (`reparseUnits`), else as a whole.
 *
 * @param edits in source order; those of one purpose have the same reason and stand in a row
 */
export function reparse(before: Tree, after: string, edits: readonly Edit[]): Reparsed {
  return reparseUnits(before, after, edits) ?? reparseWhole(before, after, edits);
}

function reparseWhole({ text, parsed }: Tree, after: string, edits: readonly Edit[]): Reparsed {
  const again = parseText(after, parsed);
  const old = parsed.moved ? parseText(text, parsed) : parsed;
  const changed: Range[] = [];
  const isProven =
    'program' in again &&
    'program' in old &&
    !edits.some(isReplacement) &&
    compareTrees(old.program, again.program, createMoves(edits), changed);
  return isProven ? { parsed: again, changed } : { parsed: again, changed: [], unproven: UNPROVEN };
}

const UNPROVEN = 'the tree of the rewritten script would differ where nothing is inserted';

export interface Reparsed {
  readonly parsed: Parsed | ParseFailure;
  /** Ranges of the new text whose tree differs. */
  readonly changed: readonly Range[];
  readonly unproven?: string;
}

/**
 * Parses a text again after insertions, as far as they reach: each statement that holds one by itself, in the context of
 * the old tree; what is inserted between the program's statements by itself; all else is taken from the old tree.
 *
 *     async function train() {
 *       _katib_push(console).log(`loss=${await loss()}`);
 *       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ parsed as within an async function, compared with the old one
 *     }
 *
 * That is the tree of the whole new text: each new statement holds the old nodes and calls round some of them and nothing
 * else, begins with what it began with or a plain name, and ends with the same token. Where one of these isn't certain
 * the answer is `undefined`, and the whole text has to be parsed.
 */
export function reparseUnits(before: Tree, after: string, edits: readonly Edit[]): Reparsed | undefined {
  const { root, parsed } = before;
  if (parsed.moved || edits.some(isReplacement)) return undefined;
  const moves = createMoves(edits);
  const changed: Range[] = [];
  const [first, ...others] = edits;
  const inserted =
    first && first.reason !== others[0]?.reason && isBetweenStatements(root, first.from)
      ? parseInserted(before, first)
      : undefined;
  if (inserted) changed.push(...inserted.statements.map(({ start, end }) => ({ from: start, to: end })));

  const replaced = new Map<BabelNode, BabelNode>();
  const units = unitsOf(root, inserted ? others : edits);
  if (!units) return undefined;
  let next = 0;
  for (const unit of units) {
    const { statement } = unit;
    const skipped = inserted && first?.from === statement.from ? first.insert.length : 0;
    const from = moves.before(statement.from) + skipped;
    const piece = parsePiece(after.slice(from, moves.before(statement.to)), from, parsed, unit);
    const [node] = piece?.statements ?? [];
    if (!piece || !node || piece.statements.length > 1) return undefined;
    while (next < parsed.comments.length && (parsed.comments[next] as Comment).from < statement.from) next++;
    const comments = parsed.comments.slice(next, next + piece.comments.length + 1);
    if (
      !sameComments(
        comments.filter(({ to }) => to <= statement.to),
        piece.comments,
        moves,
      )
    )
      return undefined;
    if (!compareTrees(statement.node, node, moves, changed)) return undefined;
    replaced.set(statement.node, node);
  }
  const fresh = new Set(replaced.values());
  for (const { statement } of units)
    for (let at = statement.parent; at && !replaced.has(at.node); at = at.parent)
      replaced.set(at.node, at.node);
  const program = { ...rebuild(root.node, replaced), start: 0, end: after.length } as BabelNode;
  return {
    parsed: {
      ...parsed,
      program: inserted ? inserted.into(program, fresh) : program,
      comments: parsed.comments.map((comment) => moveComment(comment, moves)),
      moved: { moves, fresh },
    },
    changed,
  };
}

function isReplacement({ from, to }: Edit): boolean {
  return from !== to;
}

/** The outermost of the units that hold edits; `undefined` where an edit lies in none. */
function unitsOf(root: Syntax, edits: readonly Edit[]): readonly Unit[] | undefined {
  const found: Unit[] = [];
  for (let i = 0; i < edits.length; ) {
    const { from, reason } = edits[i] as Edit;
    let to = from;
    for (; edits[i]?.reason === reason; i++) to = (edits[i] as Edit).from;
    if (to <= from) return undefined;
    const last = found.at(-1);
    if (last && from >= last.statement.from && to < last.statement.to) continue;
    const unit = findUnit(root, from, to);
    if (!unit) return undefined;
    while (found.length > 0 && (found.at(-1) as Unit).statement.from >= unit.statement.from) found.pop();
    found.push(unit);
  }
  return found;
}

/** The node with what has been replaced in it; nodes without are the same. */
function rebuild(node: BabelNode, replaced: ReadonlyMap<BabelNode, BabelNode>): BabelNode {
  const known = replaced.get(node);
  if (known !== node) return known ?? node;
  const copy: Record<string, unknown> = { ...node };
  for (const field in copy) {
    const value = copy[field];
    if (Array.isArray(value))
      copy[field] = value.map((item) => (isNode(item) ? rebuild(item, replaced) : item));
    else if (isNode(value)) copy[field] = rebuild(value, replaced);
  }
  return copy as unknown as BabelNode;
}

function moveComment({ value, from, to }: Comment, moves: Moves): Comment {
  return { value, from: moves.behind(from), to: moves.before(to) };
}

function sameComments(before: readonly Comment[], after: readonly Comment[], moves: Moves): boolean {
  return (
    before.length === after.length &&
    before.every((comment, index) => {
      const { value, from, to } = moveComment(comment, moves);
      const other = after[index];
      return other?.value === value && other.from === from && other.to === to;
    })
  );
}
