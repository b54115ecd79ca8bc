import {
  concatenate,
  type HoleType,
  holeNamed,
  hole as holeOf,
  joinWith,
  type TemplatePart,
} from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import { rangeOf, type Script } from '../script.ts';

export { literal } from '@katib-push/core';

export type Parts = readonly TemplatePart[];

export function hole(script: Script, node: Node, type: HoleType = 'unknown'): Parts {
  return holeOf(script, rangeOf(node), type);
}

/** A hole that no single expression stands for. */
export function someText(type: HoleType = 'string'): Parts {
  return holeNamed('…', type);
}

/** The parts in order, neighbouring literals joined. */
export const joined = concatenate;

/** With a separator between each two. */
export function separated(lists: readonly Parts[], separator: Parts): Parts {
  return joinWith(separator, lists);
}
