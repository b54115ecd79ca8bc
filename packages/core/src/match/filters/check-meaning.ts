import type { FilterNode, Repeat } from './filter-node.ts';
import { FilterProblem, quotePart } from './filter-problem.ts';
import { isAlwaysEmptiable, isEmptiable } from './find-empty.ts';

/** Python's `re` parses and compiles recursively. */
const DEEPEST = 50;
const LAST_CAPTURE = 2;

/**
 * Refuses what RE2, Python and JavaScript read in different ways even when it is spelled alike:
 *
 * - a filter that matches the empty text: Python looks for a longer match at the same place, the others go on;
 * - an empty iteration: JavaScript rejects it, Python and RE2 stop at it, each after other options;
 * - group 1 or 2 in a repetition: RE2 keeps what the group read last, JavaScript what it read in the last iteration,
 *   and Python before 3.11 sometimes neither.
 *
 * @throws FilterProblem with the part and the way out.
 * Sources: https://tc39.es/ecma262/#sec-runtime-semantics-repeatmatcher-abstract-operation,
 * https://docs.python.org/3/library/re.html#re.finditer, https://github.com/python/cpython/issues/80040
 */
export function checkMeaning(source: string, filter: FilterNode): void {
  if (isEmptiable(filter)) {
    throw new FilterProblem('the filter matches the empty text; let it read at least one character');
  }
  checkNode(filter, undefined, 0);

  function checkNode(node: FilterNode, repeated: Repeat | undefined, depth: number): void {
    if (depth > DEEPEST) throw new FilterProblem('the filter nests too deeply; write it flatter');
    switch (node.kind) {
      case 'group':
        if (repeated !== undefined && node.index > 0 && node.index <= LAST_CAPTURE) {
          throw new FilterProblem(
            `group ${node.index} is repeated by ${quotePart(source, repeated)}; put the groups of name and value outside`,
          );
        }
        checkNode(node.body, repeated, depth + 1);
        break;
      case 'sequence':
        for (const item of node.items) checkNode(item, repeated, depth + 1);
        break;
      case 'choice':
        for (const option of node.options) checkNode(option, repeated, depth + 1);
        break;
      case 'repeat':
        checkIteration(node);
        checkNode(node.body, node.most > 1 ? node : repeated, depth + 1);
        break;
    }
  }

  function checkIteration(node: Repeat): void {
    const isOption = node.most <= 1 && (!node.greedy || node.least > 0 || isAlwaysEmptiable(node.body));
    if (node.most === 0 || isOption || !isEmptiable(node.body)) return;
    throw new FilterProblem(
      `${quotePart(source, node)} repeats what may be empty; let the repeated part read at least one character`,
    );
  }
}
