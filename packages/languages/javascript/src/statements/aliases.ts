import { lastingFact } from '@katib-push/core';
import { namesOfPattern } from '../names/binding.ts';
import { onlyBinding } from '../names/resolve.ts';
import type { Script } from '../syntax/script.ts';
import type { Mention } from './sink.ts';

/** Where a pattern is taken from something that holds sinks: `{ log } = console`, `{ stdout } = require("process")`. */
const DESTRUCTURED =
  /\}(?=\s*=\s*(?:await\s+)?(?:[\w$.]+\(\s*)?["'`]?(?:node:)?(?:[\w$]+\.)?(?:console|process|globalThis|global)\b)/g;

/** Where something is given a sink: `log = console.log`, `write = stdout.write.bind(stdout)`, `debug = require("debug")("app")`. */
const ASSIGNED =
  /=(?![=>])(?=[^=;\n]{0,60}\b(?:(?:console|stdout|stderr)\b[^;\n]{0,40}\.|debug\b|Debug\b|(?:log|logger)\.))/g;

/** The name in front of it, perhaps with a type. */
const NAME = /([\w$]+)\s*(?::[^=;\n]*)?$/;

/** Names that may stand for a sink of another name; each of their places still has to be looked at. */
export const aliasNames = lastingFact(({ root, text }: Script): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const declaration of root.children)
    if (
      declaration.type === 'ImportDeclaration' &&
      /^(?:node:)?(?:console|process)$/.test(sourceOf(declaration))
    )
      for (const specifier of declaration.list('specifiers')) {
        const local = specifier.field('local');
        if (local) names.add(local.word('name'));
      }
  for (const match of text.matchAll(DESTRUCTURED)) {
    const pattern = root.at(match.index);
    if (pattern.type === 'ObjectPattern')
      for (const { name } of namesOfPattern(pattern.node, [])) names.add(name.name as string);
  }
  for (const { index } of text.matchAll(ASSIGNED)) {
    const name = NAME.exec(text.slice(Math.max(0, index - 80), index))?.[1];
    if (name) names.add(name);
  }
  // as receivers they are found by the method's name
  names.delete('console');
  return names;
});

function sourceOf(declaration: { field(name: string): { word(name: string): string } | undefined }): string {
  return declaration.field('source')?.word('value') ?? '';
}

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
