import { onlyBinding } from '../names/resolve.ts';
import type { Script } from '../syntax/script.ts';
import type { Mention } from './sink.ts';

/**
 * Whether a stored sink's name is followed to each of its uses, so that those are the statements, and not the storing:
 *
 *     const log = console.log;               followed
 *     const log = console.log.bind(console); followed, unless arguments are bound, too
 *     export const log = console.log;        others may call it: a statement
 *     this.log = console.log;                a statement
 *
 * @param names whose places are looked at
 */
export function isFollowedAlias(
  script: Script,
  { callee, use }: Mention,
  names: ReadonlySet<string>,
): boolean {
  if (use.wrapped) return false;
  let at = callee;
  for (let member = at.parent; at.role === 'object' && member?.parent; member = at.parent) {
    if (member.field('property')?.word('name') !== 'bind' || member.role !== 'callee') break;
    at = member.parent;
    if (at.list('arguments').length > 1) return false;
  }
  const declarator = at.parent;
  if (at.role !== 'init' || declarator?.type !== 'VariableDeclarator') return false;
  const name = declarator.field('id');
  if (name?.type !== 'Identifier' || declarator.parent?.parent?.type === 'ExportNamedDeclaration')
    return false;
  return names.has(name.word('name')) && onlyBinding(script, name) !== undefined;
}
