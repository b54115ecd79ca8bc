import type { Node } from 'web-tree-sitter';
import type { Script } from '../script.ts';

/**
 * The value that a name surely has where it is used: it is bound once in the whole text, by an assignment in the same
 * block, in front of the use.
 *
 *     msg <- paste0("loss=", loss)
 *            ^ the value
 *     print(msg)
 */
export function followName(script: Script, name: Node): Node | undefined {
  const [target, ...others] = script.bindings().get(name.text) ?? [];
  const assignment = target?.parent;
  if (!target || !assignment || others.length > 0) return undefined;
  if (assignment.type !== 'binary_operator' || assignment.endIndex > name.startIndex) return undefined;
  const operator = assignment.childForFieldName('operator')?.text;
  const [left, right] = [assignment.childForFieldName('lhs'), assignment.childForFieldName('rhs')];
  const value = operator === '->' ? left : operator === '<-' || operator === '=' ? right : undefined;
  if (!value || value.id === target.id) return undefined;
  const block = assignment.parent;
  if (block?.type !== 'program' && block?.type !== 'braced_expression') return undefined;
  for (let at = name.parent; at; at = at.parent) {
    if (at.id === block.id) return value;
    if (at.type === 'function_definition') return undefined;
  }
  return undefined;
}
