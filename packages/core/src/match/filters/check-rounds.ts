import { firstOf, isEmptiable } from './can-match.ts';
import { type CodePointSet, overlap, uniteRanges } from './code-point-set.ts';
import { type FilterNode, FilterProblem, quotePart, type Repeat } from './filter-node.ts';

/**
 * Refuses a repetition of which two runs may read the same text, as `(a+)+`, `(a|a)*`, `(a|ab|b)*` and `(\w+\s*)*`: each
 * round doubles the runs. What is repeated has to be deterministic: the next character alone says how it goes on. That is
 * more than is needed: `(ab|ac)*` is refused too.
 *
 * @throws FilterProblem with the part and the way out.
 * Source: Brüggemann-Klein and Wood, "One-unambiguous regular languages", https://doi.org/10.1006/inco.1997.2695
 */
export function checkRounds(source: string, repeat: Repeat): void {
  if (!isDecided(repeat.body, firstOf(repeat.body, [])))
    throw new FilterProblem(
      `${quotePart(source, repeat)} may read the same text in exponentially many ways; let the next character alone say how a round of the repetition goes on`,
    );
}

/** @param follow what can come behind the part */
function isDecided(node: FilterNode, follow: CodePointSet): boolean {
  switch (node.kind) {
    case 'characters':
    case 'assertion':
      return true;
    case 'group':
      return isDecided(node.body, follow);
    case 'sequence': {
      let next = follow;
      return node.items.toReversed().every((item) => {
        const isFine = isDecided(item, next);
        next = firstOf(item, next);
        return isFine;
      });
    }
    case 'choice': {
      const firsts = node.options.map((option) => firstOf(option, follow));
      const areApart = firsts.every((first, i) =>
        firsts.slice(i + 1).every((other) => !overlap(first, other)),
      );
      const areEmpty = node.options.filter(isEmptiable).length > 1;
      return areApart && !areEmpty && node.options.every((option) => isDecided(option, follow));
    }
    case 'repeat': {
      const { body, least, most } = node;
      const first = firstOf(body, []);
      if (most > least && (isEmptiable(body) || overlap(first, follow))) return false;
      return isDecided(body, most > 1 ? uniteRanges([...first, ...follow]) : follow);
    }
  }
}
