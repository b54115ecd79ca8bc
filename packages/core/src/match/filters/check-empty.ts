import { isAlwaysEmptiable, isEmptiable } from './can-match.ts';
import { type FilterNode, FilterProblem, partsOf, quotePart, type Repeat } from './filter-node.ts';

/** Python's `re` parses and compiles recursively. */
const DEEPEST = 50;

/**
 * Refuses what matches the empty text where RE2, Python and JavaScript go on in different ways:
 *
 * - a filter that does: Python looks for a longer match at the same place, the others step over it;
 * - an iteration that does: JavaScript rejects it, Python and RE2 stop at it, each after other options.
 *
 * @throws FilterProblem with the part and the way out.
 * Sources: https://docs.python.org/3/library/re.html#re.finditer,
 * https://tc39.es/ecma262/#sec-runtime-semantics-repeatmatcher-abstract-operation, https://go.dev/issue/46123
 */
export function checkEmpty(source: string, filter: FilterNode): void {
  if (isEmptiable(filter)) {
    throw new FilterProblem('the filter matches the empty text; let it read at least one character');
  }
  checkNode(filter, 0);

  function checkNode(node: FilterNode, depth: number): void {
    if (depth > DEEPEST) throw new FilterProblem('the filter nests too deeply; write it flatter');
    for (const part of partsOf(node)) checkNode(part, depth + 1);
    if (node.kind === 'repeat') checkIteration(node);
  }

  function checkIteration(node: Repeat): void {
    if (node.most === 0 || !isEmptiable(node.body)) return;
    // Lazy: all that an empty iteration could lead to has been tried already. Else printed without the question mark
    const isPlain = node.most === 1 && (node.least === 1 || !node.greedy || isAlwaysEmptiable(node.body));
    if (isPlain) return;
    throw new FilterProblem(
      `${quotePart(source, node)} repeats what may be empty; let the repeated part read at least one character`,
    );
  }
}
