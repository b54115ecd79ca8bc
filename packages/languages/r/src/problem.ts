import type { SyntaxProblem } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import type { Script } from './script.ts';

/** Why a text must be left alone; `undefined` if it parses. */
export function findProblem({ text, root }: Script): SyntaxProblem | undefined {
  const binary = text.indexOf('\0');
  if (binary >= 0) {
    const message = 'this is not text: it holds NUL bytes';
    return { code: 'binary', message, range: { from: binary, to: binary + 1 } };
  }
  if (!root.hasError) return undefined;
  const node = firstError(root);
  const [line = ''] = text.slice(node.startIndex, node.endIndex).split('\n');
  const shown = line.length > 40 ? `${line.slice(0, 39)}…` : line.trimEnd();
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
