import { concatenate } from './parts.ts';
import type { TemplatePart } from './template.ts';

/** Longer templates are cut short: the name stays a hole. */
const MOST_PARTS = 100;
/** Names that are followed from within one another. */
const DEEPEST = 8;

/**
 * The text of a name, from the expressions that surely gave it its value; `undefined` where that can't be told, also
 * within its own definition.
 *
 * @param following the uses that are being followed; the same set for all names of a text
 * @param values the expressions whose texts, in a row, are the name's text
 * @param render the text of one of them
 */
export function followValues<Node>(
  following: Set<Node>,
  use: Node,
  values: () => readonly Node[] | undefined,
  render: (value: Node) => readonly TemplatePart[],
): readonly TemplatePart[] | undefined {
  if (following.has(use) || following.size > DEEPEST) return undefined;
  following.add(use);
  try {
    const found = values();
    if (!found) return undefined;
    const parts = concatenate(...found.map(render));
    return parts.length <= MOST_PARTS ? parts : undefined;
  } finally {
    following.delete(use);
  }
}
