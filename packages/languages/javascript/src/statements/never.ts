import { lastingFact } from '@katib-push/core';
import type { Use } from '../names/use.ts';
import { isFunction } from '../syntax/node-kinds.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** Methods that take a function's source and run it in another place: a browser's page, a graphics card. */
const ELSEWHERE =
  /\.(?:evaluate(?:Handle|OnNewDocument)?|\$\$?eval|waitForFunction|addInitScript|createKernel(?:Map)?)$/;

/**
 * Why a statement must stay as it is, for people; `undefined` if it may be wrapped. A function that is turned into text
 * runs where the client's name is not known.
 */
export function whyNever(script: Script, use: Use): string | undefined {
  for (let child = use.whole, at = child.parent; at; child = at, at = at.parent) {
    if (child.type === 'Decorator') return 'a decorator';
    if (!isFunction(child)) continue;
    if (at.type === 'CallExpression' && child.role === 'arguments') {
      const callee = at.field('callee');
      const name = callee ? textOf(script, callee).replace(/\s+/g, '') : '';
      if (ELSEWHERE.test(name)) return `handed to ${name}, which runs its source elsewhere`;
    }
    const name = nameOf(child, at);
    if (name !== undefined && namesAsText(script).has(name)) return `the source of ${name} is used as text`;
    if (at.type === 'TemplateLiteral' || (at.type === 'BinaryExpression' && at.word('operator') === '+'))
      return 'its function is turned into text';
  }
  return undefined;
}

function nameOf(definition: Syntax, parent: Syntax): string | undefined {
  const own = definition.field('id')?.word('name');
  if (own) return own;
  const id = parent.type === 'VariableDeclarator' ? parent.field('id') : undefined;
  return id?.type === 'Identifier' ? id.word('name') : undefined;
}

/** `` `(${work})()` ``, `work.toString()`, `String(work)`, `"(" + work + ")()"`, `page.evaluate(work)` */
const AS_TEXT =
  /\$\{\s*([\w$]+)\s*\}|(?<![\w$.])([\w$]+)\s*\.\s*toString\s*\(|\bString\(\s*([\w$]+)\s*\)|["'`]\s*\+\s*([\w$]+)\s*(?=[+;,)]|$)|(?:valuate(?:Handle|OnNewDocument)?|\$eval|waitForFunction|addInitScript|createKernel)\(\s*([\w$]+)/gm;

/** Without any of these, nothing runs text as code. */
const RUNS_TEXT =
  /\b(?:Worker|eval|Function(?!\("katib_push_into")|runIn\w+|Script|createKernel|spawn|exec\w*|fork|writeFile\w*|postMessage|send)\b|valuate|Script\(/;

/** Names of whatever may be turned into text that is run: few of them are functions. */
const namesAsText = lastingFact(({ text }: Script): ReadonlySet<string> => {
  if (!RUNS_TEXT.test(text)) return new Set();
  return new Set(Array.from(text.matchAll(AS_TEXT), ([, ...names]) => names.find(Boolean) ?? ''));
});
