import { type BabelNode, isNode, nodesIn } from '../syntax/babel-node.ts';

/** The text that an expression of literals is, at most 50 deep; `undefined` for any other. */
export function constantText(expression: BabelNode, depth = 0): string | undefined {
  if (depth > 50) return undefined;
  switch (expression.type) {
    case 'StringLiteral':
      return expression.value as string;
    case 'TemplateLiteral': {
      const [only, ...others] = nodesIn(expression, 'quasis');
      return others.length === 0
        ? (only?.value as { readonly cooked?: string } | undefined)?.cooked
        : undefined;
    }
    case 'BinaryExpression': {
      const { left, right, operator } = expression;
      if (operator !== '+' || !isNode(left) || !isNode(right)) return undefined;
      const [before, after] = [constantText(left, depth + 1), constantText(right, depth + 1)];
      return before === undefined || after === undefined ? undefined : before + after;
    }
    case 'ParenthesizedExpression':
      return isNode(expression.expression) ? constantText(expression.expression, depth + 1) : undefined;
    default:
      return undefined;
  }
}
