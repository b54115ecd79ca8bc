import type { Range } from '@katib-push/core';
import { type BabelNode, isNode, NOT_CHILDREN, nodesIn } from '../syntax/babel-node.ts';
import type { Moves } from '../syntax/moves.ts';

/**
 * Compares the trees of a text before and after insertions. Each node has to be there again, at its shifted place, with
 * the same type, the same words and the same children, but for what the insertions may add:
 *
 *     _katib_push(console).log(x)      a call of an inserted name round a node that is there again
 *     { log:_katib_push(log,1) }       a key that was the value's name before
 *     function _katib_push(f){…}       statements of the program that are inserted as a whole
 *
 * @param changed the ranges of the new text that have such a node are added to it
 * @returns whether nothing else differs
 */
export function compareTrees(before: BabelNode, after: BabelNode, moves: Moves, changed: Range[]): boolean {
  // where nothing is inserted in front of it, a node can't have been wrapped
  if (after.start !== moves.behind(before.start) && isWrap(after, moves)) {
    const [inner] = nodesIn(after, 'arguments');
    changed.push({ from: after.start, to: after.end });
    // brackets that stood round it stand round the call
    if (isParenthesized(before) !== isParenthesized(after) || isParenthesized(inner as BabelNode))
      return false;
    return compareFields(before, inner as BabelNode, moves, changed);
  }
  return isParenthesized(before) === isParenthesized(after) && compareFields(before, after, moves, changed);
}

function compareFields(before: BabelNode, after: BabelNode, moves: Moves, changed: Range[]): boolean {
  if (before.type !== after.type || !isSamePlace(before, after, moves)) return false;
  const named = before.shorthand === true && after.shorthand === false;
  for (const field in before) {
    if (NOT_CHILDREN.has(field)) continue;
    if (named && field === 'shorthand') continue;
    if (named && field === 'key') {
      if (!isSameKey(before.key, after.key, moves)) return false;
    } else if (!compareValues(before[field], after[field], moves, changed)) return false;
  }
  for (const field in after) if (!(field in before) && isNode(after[field])) return false;
  return true;
}

function compareValues(before: unknown, after: unknown, moves: Moves, changed: Range[]): boolean {
  if (typeof before !== 'object' || before === null) return before === after || isEmpty(before, after);
  if (Array.isArray(before)) return compareLists(before, after, moves, changed);
  if (isNode(before)) return isNode(after) && compareTrees(before, after, moves, changed);
  // the text of a template's element: raw and cooked
  return JSON.stringify(before) === JSON.stringify(after);
}

function compareLists(before: readonly unknown[], after: unknown, moves: Moves, changed: Range[]): boolean {
  if (!Array.isArray(after)) return false;
  let next = 0;
  for (const item of after) {
    if (next < before.length && compareItems(before[next], item, moves, changed)) next++;
    else if (
      isNode(item) &&
      /Statement$|Declaration$/.test(item.type) &&
      moves.isInserted(item.start, item.end)
    )
      changed.push({ from: item.start, to: item.end });
    else return false;
  }
  return next === before.length;
}

function compareItems(before: unknown, after: unknown, moves: Moves, changed: Range[]): boolean {
  const known = changed.length;
  const isSame =
    isNode(after) && moves.isInserted(after.start, after.end) && !isWrap(after, moves)
      ? false
      : compareValues(before, after, moves, changed);
  if (!isSame) changed.length = known;
  return isSame;
}

/** A call of an inserted name with one argument that was there, and perhaps an inserted one. */
function isWrap(node: BabelNode, moves: Moves): boolean {
  const { callee } = node;
  if (node.type !== 'CallExpression' || !isNode(callee) || callee.type !== 'Identifier') return false;
  const [inner, mark, ...more] = nodesIn(node, 'arguments');
  const isMarked =
    mark === undefined || (mark.type === 'NumericLiteral' && moves.isInserted(mark.start, mark.end));
  return inner !== undefined && more.length === 0 && isMarked && moves.isInserted(callee.start, callee.end);
}

function isSameKey(before: unknown, after: unknown, moves: Moves): boolean {
  if (!isNode(before) || !isNode(after)) return false;
  return (
    after.type === 'Identifier' && before.name === after.name && moves.isInserted(after.start, after.end)
  );
}

function isSamePlace(before: BabelNode, after: BabelNode, moves: Moves): boolean {
  if (before.type === 'Program') return after.start <= moves.before(before.start);
  if (!moves.isPlaceOf(before.start, after.start)) return false;
  // "use strict"; ends with the semicolon that an insertion behind it begins with
  return moves.isPlaceOf(before.end, after.end) || isEndedBy(before, after, moves);
}

function isEndedBy(before: BabelNode, after: BabelNode, moves: Moves): boolean {
  const end = moves.before(before.end);
  return (
    /^(?:Directive|ImportDeclaration)$/.test(before.type) &&
    after.end === end + 1 &&
    moves.isInserted(end, end + 1)
  );
}

function isParenthesized({ extra }: BabelNode): boolean {
  return (extra as { parenthesized?: boolean } | undefined)?.parenthesized === true;
}

function isEmpty(before: unknown, after: unknown): boolean {
  return (before ?? null) === null && (after ?? null) === null;
}
