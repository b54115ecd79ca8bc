import { occurrencesOf } from '../names/occurrences.ts';
import { isFunction } from '../names/scope.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Use } from './use.ts';

/** Methods that take a function's source and run it in another place: a browser's page, a graphics card. */
const ELSEWHERE =
  /\.(?:evaluate(?:Handle|OnNewDocument)?|\$\$?eval|waitForFunction|addInitScript|createKernel(?:Map)?)$/;

/**
 * Why a statement must stay as it is, for people; `undefined` if it may be wrapped. A function that is turned into text
 * runs where the client's name is not known.
 */
export function whyNever(script: Script, use: Use): string | undefined {
  const suspicious = mayTurnFunctionsIntoText(script.text);
  for (let child = use.whole, at = child.parent; at; child = at, at = at.parent) {
    if (child.type === 'Decorator') return 'a decorator';
    if (!suspicious || !isFunction(child)) continue;
    if (at.type === 'CallExpression' && child.role === 'arguments') {
      const callee = at.field('callee');
      const name = callee ? textOf(script, callee).replace(/\s+/g, '') : '';
      if (ELSEWHERE.test(name)) return `handed to ${name}, which runs its source elsewhere`;
    }
    const name = nameOf(child, at);
    if (name !== undefined && isTurnedIntoText(script, name)) return `the source of ${name} is used as text`;
    if (at.type === 'TemplateLiteral' || (at.type === 'BinaryExpression' && at.word('operator') === '+'))
      return 'its function is turned into text';
  }
  return undefined;
}

function mayTurnFunctionsIntoText(text: string): boolean {
  return /toString|String\(|\$\{|\(["'`]|\+|valuate|\$eval|waitForFunction|addInitScript|createKernel/.test(
    text,
  );
}

function nameOf(definition: Syntax, parent: Syntax): string | undefined {
  const own = definition.field('id')?.word('name');
  if (own) return own;
  const id = parent.type === 'VariableDeclarator' ? parent.field('id') : undefined;
  return id?.type === 'Identifier' ? id.word('name') : undefined;
}

/** `` `(${work})()` ``, `work.toString()`, `String(work)`, `page.evaluate(work)`, `"(" + work + ")()"` */
function isTurnedIntoText(script: Script, name: string): boolean {
  return occurrencesOf(script.text, name, 0, script.text.length).some((at) => {
    const before = script.text.slice(Math.max(0, at - 40), at);
    const after = script.text.slice(at + name.length, at + name.length + 20);
    return (
      (/\$\{\s*$/.test(before) && /^\s*\}/.test(after)) ||
      /^\s*\.\s*toString\s*\(/.test(after) ||
      (/\bString\(\s*$/.test(before) && /^\s*\)/.test(after)) ||
      (/["'`]\s*\+\s*$/.test(before) && /^\s*(?:\+|[;,)]|$)/.test(after)) ||
      /(?:valuate(?:Handle|OnNewDocument)?|\$eval|waitForFunction|addInitScript|createKernel)\(\s*$/.test(
        before,
      )
    );
  });
}
