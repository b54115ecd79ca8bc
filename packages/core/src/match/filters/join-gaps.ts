import { firstOf } from './can-match.ts';
import { type CodePointSet, everything, overlap } from './code-point-set.ts';
import type { Characters, FilterNode, Repeat } from './filter-node.ts';

/**
 * Writes `\s*=?\s*` as `(?:\s*=)?\s*`: the same matches, preferred in the same order, but without the many ways to
 * share the blanks where there is no `=`. Filters with such a separator are common, and would cost too much as they are.
 *
 * It holds for a greedy `x{n,}`, an option that can't begin with an `x`, and another greedy `x{m,}`: the option can only
 * match behind all of the `x`, and without it the two read as many `x` as one does.
 */
export function joinGaps(node: FilterNode): FilterNode {
  switch (node.kind) {
    case 'sequence':
      return { ...node, items: joinItems(node.items.map(joinGaps)) };
    case 'choice':
      return { ...node, options: node.options.map(joinGaps) };
    case 'group':
    case 'repeat':
      return { ...node, body: joinGaps(node.body) };
    default:
      return node;
  }
}

function joinItems(items: readonly FilterNode[]): readonly FilterNode[] {
  const joined = [...items];
  for (let i = 0; i + 2 < joined.length; i++) {
    const [gap, option, rest] = [joined[i]!, joined[i + 1]!, joined[i + 2]!];
    if (!isGap(gap) || !isGap(rest) || !isOption(option) || !isSame(gap.body.set, rest.body.set)) continue;
    // where it may be empty, it can begin with anything
    if (overlap(gap.body.set, firstOf(option.body, everything))) continue;
    const blanks: Repeat = { ...gap, least: 0 };
    const body: FilterNode = {
      kind: 'sequence',
      items: [blanks, option.body],
      from: gap.from,
      to: option.to,
    };
    const least: FilterNode = { ...gap, most: gap.least };
    joined.splice(i, 2, ...(gap.least > 0 ? [least] : []), { ...option, body, from: gap.from });
  }
  return joined;
}

type Gap = Repeat & { readonly body: Characters };

function isGap(node: FilterNode): node is Gap {
  return (
    node.kind === 'repeat' &&
    node.greedy &&
    node.most === Number.POSITIVE_INFINITY &&
    node.body.kind === 'characters'
  );
}

function isOption(node: FilterNode): node is Repeat {
  return node.kind === 'repeat' && node.greedy && node.least === 0 && node.most === 1;
}

function isSame(a: CodePointSet, b: CodePointSet): boolean {
  return a.flat().join() === b.flat().join();
}
