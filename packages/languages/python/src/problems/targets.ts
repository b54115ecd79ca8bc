import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/**
 * How a value is given to a target:
 * - `any`: by `=`, `for`, `with … as`: to names, attributes, items, and lists of them
 * - `one`: by `+=` or with an annotation: to one name, attribute or item
 * - `name`: by `:=` or `except … as`: to one name
 * - `delete`: it is taken away: as `any`, without stars
 */
export type Giving = 'any' | 'one' | 'name' | 'delete';

const LISTS = /^(?:pattern_list|tuple_pattern|list_pattern|tuple|list|expression_list)$/;
const CONSTANTS = /^(?:None|True|False|__debug__)$/;

/** Why nothing can be given to an expression, without a full stop; `undefined` if something can. */
export function refuseTarget(script: Script, target: Syntax, giving: Giving): string | undefined {
  if (isStarred(target)) return 'a starred target has to be in a list';
  const open = [target];
  for (let at = open.pop(); at; at = open.pop()) {
    if (isParenthesized(at) && giving !== 'name') {
      if (at.parts.some(isStarred)) return 'a starred target has to be in a list';
    } else if (LISTS.test(at.type)) {
      if (giving === 'one' || giving === 'name') return 'a list of targets at a place for one';
      const stars = at.parts.filter(isStarred).length;
      if (stars > (giving === 'delete' ? 0 : 1)) return `${stars} starred targets in one list`;
    } else if (!isStarred(at)) {
      const kinds = giving === 'name' ? /^identifier$/ : /^(?:identifier|attribute|subscript)$/;
      const name = (at.type === 'attribute' && at.field('attribute')) || at;
      if (!kinds.test(at.type) || CONSTANTS.test(textOf(script, name)))
        return `${firstLine(textOf(script, at))} is nothing that can be given a value`;
      continue;
    }
    open.push(...at.parts);
  }
  return undefined;
}

export function isStarred({ type }: Syntax): boolean {
  return type === 'list_splat' || type === 'list_splat_pattern';
}

/** `(x)`, which is no list; `(x,)` is one. */
function isParenthesized(node: Syntax): boolean {
  return node.type === 'parenthesized_expression' || isGroup(node);
}

/** `(x)` as a pattern; `(x,)` is a sequence. */
export function isGroup(pattern: Syntax): boolean {
  return pattern.type === 'tuple_pattern' && pattern.parts.length === 1 && !hasComma(pattern);
}

export function hasComma({ children }: Syntax): boolean {
  return children.some(({ type }) => type === ',');
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > 30 ? `${line.slice(0, 29)}…` : line;
}
