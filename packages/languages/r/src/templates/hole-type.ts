import { type HoleType, isOpaque } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import { rangeOf, type Script } from '../script.ts';

const LITERALS: Readonly<Record<string, HoleType>> = {
  integer: 'integer',
  float: 'number',
  true: 'boolean',
  false: 'boolean',
  string: 'string',
};

/** What is surely known of a value's text: the kind of a literal. Of names and calls nothing is, a vector may be meant. */
export function typeOf(script: Script, node: Node): HoleType {
  return (!isOpaque(script, rangeOf(node)) && LITERALS[node.type]) || 'unknown';
}
