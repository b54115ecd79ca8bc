import { type BabelNode, nodesIn } from '../syntax/babel-node.ts';
import { isFunctionType } from '../syntax/node-kinds.ts';
import type { Context } from '../syntax/parse-text.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** A statement that can be parsed again by itself. */
export interface Unit extends Context {
  readonly statement: Syntax;
}

/**
 * The innermost statement of a block that holds the range and ends behind it: what follows is then told from the same
 * last token as before. `undefined` where none does.
 */
export function findUnit(root: Syntax, from: number, to: number): Unit | undefined {
  let found: Unit | undefined;
  let [isAsync, isGenerator, isStrict] = [false, false, hasUseStrict(root.node)];
  let at = root;
  for (;;) {
    const child = at.childAt(from);
    if (!child || child.to < to) return found;
    const isListed = child.role === 'body' && (at.type === 'Program' || at.type === 'BlockStatement');
    if (isListed && to < child.to && (from > child.from || !followsName(at, child)))
      found = { statement: child, isAsync, isGenerator, isStrict };
    if (isFunctionType(child.type)) [isAsync, isGenerator] = [child.is('async'), child.is('generator')];
    else if (child.type === 'StaticBlock') [isAsync, isGenerator] = [false, false];
    if (/^Class/.test(child.type) || hasUseStrict(child.node)) isStrict = true;
    at = child;
  }
}

/** Whether the statement in front is a mere name, such as `let` or `type`, which might take the next word along. */
function followsName(list: Syntax, statement: Syntax): boolean {
  const previous = list.childBefore(statement.from);
  return previous?.type === 'ExpressionStatement' && previous.field('expression')?.type === 'Identifier';
}

export function hasUseStrict(node: BabelNode): boolean {
  return nodesIn(node, 'directives').some(({ value }) => (value as BabelNode).value === 'use strict');
}
