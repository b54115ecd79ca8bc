import { findBinary, type SyntaxProblem, shownLine } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import type { Script } from './script.ts';

/** Why a text must be left alone; `undefined` if it parses. */
export function findProblem({ text, root }: Script): SyntaxProblem | undefined {
  const binary = findBinary(text);
  if (binary || !root.hasError) return binary;
  const node = firstError(root);
  const shown = shownLine(text.slice(node.startIndex, node.endIndex));
  const message = node.isMissing
    ? `${JSON.stringify(node.type)} is missing here`
    : `this is not valid R${shown ? `: ${shown}` : ''}`;
  return { code: 'syntax-error', message, range: { from: node.startIndex, to: node.endIndex } };
}

function firstError(root: Node): Node {
  for (let at = root; ; ) {
    if (at.isMissing || at.type === 'ERROR') return at;
    const within = at.children.find((child) => child.isMissing || child.hasError);
    if (!within) return at;
    at = within;
  }
}
