import type { HoleType, TemplatePart } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import { type Script, sourceOf } from '../script.ts';

export type Parts = readonly TemplatePart[];

export function literal(text: string): Parts {
  return text === '' ? [] : [{ kind: 'literal', text }];
}

export function hole(script: Script, node: Node, type: HoleType = 'unknown'): Parts {
  return [{ kind: 'hole', expression: sourceOf(script, node), type }];
}

/** A hole that no single expression stands for. */
export function someText(type: HoleType = 'string'): Parts {
  return [{ kind: 'hole', expression: '…', type }];
}

/** The parts in order, neighbouring literals joined. */
export function joined(...lists: readonly Parts[]): Parts {
  const parts: TemplatePart[] = [];
  for (const part of lists.flat()) {
    const last = parts.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      parts[parts.length - 1] = { kind: 'literal', text: last.text + part.text };
    else parts.push(part);
  }
  return parts;
}

/** With a separator between each two. */
export function separated(lists: readonly Parts[], separator: Parts): Parts {
  return joined(...lists.flatMap((list, index) => (index === 0 ? [list] : [separator, list])));
}
