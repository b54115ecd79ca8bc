import type { TemplatePart } from '@katib-push/core';
import { memberName, originOf } from '../names/origin.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { globalPath } from './call-type.ts';
import { renderFormat } from './format.ts';
import { typeOf } from './hole-type.ts';
import { renderJson } from './json.ts';
import { concatenate, joinWith, knownText, literal } from './parts.ts';
import { renderText } from './render.ts';

/** Calls that make text: `String`, `.toString`, `.concat`, `.join`, `JSON.stringify`, `util.format`; `undefined` for others. */
export function renderCall(script: Script, call: Syntax): readonly TemplatePart[] | undefined {
  const callee = call.field('callee');
  if (!callee) return undefined;
  const args = call.list('arguments');
  const [first, ...others] = args;
  if (args.some(({ type }) => type === 'SpreadElement')) return undefined;
  const path = globalPath(script, callee);
  if (path === 'String' && first) return renderText(script, first);
  if (path === 'JSON.stringify') return renderJson(script, args);
  const object = callee.field('object');
  const method = memberName(callee);
  const isFormat = (method ?? callee.word('name')) === 'format';
  if (isFormat && originOf(script, callee).path === 'util.format') return renderFormat(script, args);
  if (!object || method === undefined) return undefined;
  if (method === 'toString' && !first && /^(?:string|integer|number)$/.test(typeOf(script, object)))
    return renderText(script, object);
  if (method === 'concat' && typeOf(script, object) === 'string')
    return concatenate(renderText(script, object), ...args.map((each) => renderText(script, each)));
  if (method === 'join' && others.length === 0) return renderJoin(script, object, first);
  if (method === 'repeat' && first?.type === 'NumericLiteral') return renderRepeated(script, object, first);
  return undefined;
}

/** `["a=", a].join("")`; of anything but an array of single items, nothing is known. */
function renderJoin(script: Script, array: Syntax, separator: Syntax | undefined) {
  if (array.type !== 'ArrayExpression') return undefined;
  const items = array.list('elements');
  const { elements } = array.node as { readonly elements?: readonly unknown[] };
  if (items.length !== elements?.length) return undefined;
  // null and undefined join as nothing, arrays as their items
  const isPlain = items.every(
    (item) => /^(?:string|integer|number)$/.test(typeOf(script, item)) || isText(item),
  );
  if (!isPlain) return undefined;
  const between = separator ? renderText(script, separator) : literal(',');
  return joinWith(
    between,
    items.map((item) => renderText(script, item)),
  );
}

function isText({ type }: Syntax): boolean {
  return type === 'Identifier' || type === 'MemberExpression';
}

/** `"=".repeat(20)` */
function renderRepeated(script: Script, text: Syntax, times: Syntax): readonly TemplatePart[] | undefined {
  const known = typeOf(script, text) === 'string' ? knownText(renderText(script, text)) : undefined;
  const count = Number(times.node.value);
  return known !== undefined && count * known.length <= 10_000 ? literal(known.repeat(count)) : undefined;
}
