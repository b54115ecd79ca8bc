import { isComprehension } from '../names/scope.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { hasComma, isStarred, refuseTarget } from './targets.ts';

/** `=`, and the `in` of a loop. */
export function refuseAssignment(at: Syntax, script: Script): string | undefined {
  const owner = at.parent;
  if (!owner || !/^(?:assignment|for_statement|for_in_clause)$/.test(owner.type)) return undefined;
  const left = owner.field('left');
  const outer = at.type === '=' && /assignment$/.test(owner.parent?.type ?? '') ? owner.parent : undefined;
  if (outer?.type === 'augmented_assignment' || outer?.field('type'))
    return 'an assignment within an augmented or annotated one';
  return left && refuseTarget(script, left, 'any');
}

/** `x: int`, and `x: int = 1` */
export function refuseAnnotation(at: Syntax, script: Script): string | undefined {
  const owner = at.parent;
  if (owner?.type !== 'assignment' || at.type !== ':') return undefined;
  if (owner.parent && /assignment$/.test(owner.parent.type)) return 'an annotation within an assignment';
  const left = owner.field('left');
  return left && refuseTarget(script, left, 'one');
}

export function refuseAugmented(at: Syntax, script: Script): string | undefined {
  const owner = at.parent;
  if (owner?.type !== 'augmented_assignment') return undefined;
  if (owner.parent && /assignment$/.test(owner.parent.type)) return 'an augmented assignment within another';
  const left = owner.field('left');
  return left && refuseTarget(script, left, 'one');
}

/** `with … as`, `except … as`; elsewhere, nothing stands before an `as`. */
export function refuseAlias(at: Syntax, script: Script): string | undefined {
  const pattern = at.parent;
  if (pattern?.type !== 'as_pattern') return undefined;
  const target = pattern.field('alias')?.parts[0];
  let owner = pattern.parent;
  if (owner?.type === 'except_clause') return target && refuseTarget(script, target, 'name');
  while (owner && /^(?:tuple|parenthesized_expression)$/.test(owner.type)) owner = owner.parent;
  if (owner?.type === 'case_pattern' || owner?.type === 'with_item')
    return owner.type === 'with_item' && target ? refuseTarget(script, target, 'any') : undefined;
  return 'as at a place where it may not stand';
}

export function refuseDelete(at: Syntax, script: Script): string | undefined {
  const targets = at.parent?.type === 'delete_statement' ? at.parent.parts : [];
  return targets.map((target) => refuseTarget(script, target, 'delete')).find((message) => message);
}

/** `*` where no list is made: in a list, a tuple, a set, an index, and in what a statement takes several of. */
export function refuseStar(at: Syntax): string | undefined {
  let splat = at.parent;
  if (splat?.type === 'dictionary_splat')
    return /^(?:list|set|tuple)$/.test(splat.parent?.type ?? '') ? '** outside a dictionary' : undefined;
  if (!splat || splat.from !== at.from || !isStarred(splat)) return undefined;
  // the grammar binds a star to the first operand: `*a + b,`
  while (splat.parent?.from === splat.from && OPERATIONS.test(splat.parent.type)) splat = splat.parent;
  const list = splat.parent;
  if (!list || !TAKES_STARS.test(list.type) || (NEEDS_COMMA.test(list.type) && !hasComma(list)))
    return 'a starred expression has to be in a list';
  return /pattern/.test(list.type) && list.parts.filter(isStarred).length > 1
    ? 'several starred targets in one list'
    : undefined;
}

const OPERATIONS = /operator$|^(?:attribute|call|conditional_expression|subscript)$/;
const TAKES_STARS =
  /^(?:argument_list|case_pattern|expression_list|expression_statement|list|match_statement|set|tuple|subscript|type|pattern_list|(?:list|tuple)_pattern|(?:lambda_)?parameters|typed_parameter|for_statement)$/;
const NEEDS_COMMA = /^(?:expression_statement|for_statement|tuple(?:_pattern)?)$/;

/** What `:=` names, and where it stands. */
export function refuseWalrus(at: Syntax, script: Script): string | undefined {
  const walrus = at.parent;
  if (walrus?.type !== 'named_expression') return undefined;
  const name = walrus.field('name') ?? walrus.parts[0];
  if (!name) return undefined;
  const wrong = refuseTarget(script, name, 'name');
  if (wrong) return wrong;
  if (!isWrapped(walrus)) return ':= needs parentheses here';
  return refuseInComprehension(script, walrus, textOf(script, name));
}

/** Where an unparenthesized `:=` may stand. */
function isWrapped(walrus: Syntax): boolean {
  const { parent } = walrus;
  switch (parent?.type) {
    case 'parenthesized_expression':
    case 'argument_list':
    case 'list':
    case 'set':
    case 'tuple':
    case 'subscript':
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement':
    case 'match_statement':
    case 'decorator':
      return true;
    case 'with_item':
      return parent.parent?.children[0]?.type === '(';
    case 'if_clause':
      return parent.parent?.type === 'case_clause';
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
      return parent.parts[0] === walrus;
    default:
      return false;
  }
}

/** A comprehension's iterables take no `:=`, and its own names none anywhere in it. */
function refuseInComprehension(script: Script, walrus: Syntax, name: string): string | undefined {
  let isInside = false;
  for (let child = walrus, at = walrus.parent; at; child = at, at = at.parent) {
    if (at.type === 'lambda' || at.type === 'function_definition') return undefined;
    if (at.type === 'class_definition') return isInside ? ':= in a comprehension of a class' : undefined;
    if (at.type === 'for_in_clause' && at.field('right') === child)
      return ':= in what a comprehension goes through';
    if (!isComprehension(at)) continue;
    isInside = true;
    const targets = at.parts.flatMap((part) => (part.type === 'for_in_clause' ? [part.field('left')] : []));
    if (targets.some((target) => target && holdsName(script, target, name)))
      return `${name} is the comprehension's own`;
  }
  return undefined;
}

function holdsName(script: Script, target: Syntax, name: string): boolean {
  if (target.type === 'identifier') return textOf(script, target) === name;
  return (
    !/^(?:attribute|subscript)$/.test(target.type) &&
    target.parts.some((part) => holdsName(script, part, name))
  );
}
