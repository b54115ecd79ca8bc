import { type FilterNode, FilterProblem, partsOf, quotePart, type Repeat } from './filter-node.ts';

/** Katib reads the name from group 1 and the value from group 2, and no other. */
const LAST_CAPTURE = 2;

/**
 * Refuses group 1 or 2 in a repetition: RE2 keeps what the group read last, JavaScript only what it read in the last
 * iteration, and Python before 3.11 sometimes neither. Under `?` they agree.
 *
 * @throws FilterProblem with the part and the way out.
 * Sources: https://tc39.es/ecma262/#sec-runtime-semantics-repeatmatcher-abstract-operation,
 * https://github.com/python/cpython/issues/80040
 */
export function checkCaptures(source: string, node: FilterNode, repeat?: Repeat): void {
  if (repeat !== undefined && node.kind === 'group' && node.index > 0 && node.index <= LAST_CAPTURE)
    throw new FilterProblem(
      `group ${node.index} is repeated in ${quotePart(source, repeat)}; put the groups of name and value outside`,
    );
  const around = node.kind === 'repeat' && node.most > 1 ? node : repeat;
  for (const part of partsOf(node)) checkCaptures(source, part, around);
}
