import { hole, joinWith, knownText, type TemplatePart } from '@katib-push/core';
import { readCall } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import { withoutWrapping } from '../names/use.ts';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { fillFormat } from './format-method.ts';
import { renderFormatted } from './format-spec.ts';
import { typeOf } from './hole-type.ts';
import { renderJson } from './json-dumps.ts';
import { renderText } from './render.ts';
import { renderRepr } from './repr.ts';

/** Calls that make text: `str`, `repr`, `format`, `.format`, `.join`, `json.dumps`. Others are holes. */
export function renderCall(script: Script, call: Syntax): readonly TemplatePart[] {
  const given = withoutWrapping(script, call);
  if (given !== call) return renderText(script, given);
  return renderKnown(script, call) ?? hole(script, call, typeOf(script, call));
}

function renderKnown(script: Script, call: Syntax): readonly TemplatePart[] | undefined {
  const callee = call.field('function');
  if (!callee) return undefined;
  const receiver = callee.type === 'attribute' ? callee.field('object') : undefined;
  const method = receiver && script.text.slice(receiver.to, callee.to).replace(/[.\s]/g, '');
  if (receiver && method === 'format' && typeOf(script, receiver) === 'string')
    return fillFormat(script, renderText(script, receiver), readCall(script, call));
  if (receiver && method === 'join' && typeOf(script, receiver) === 'string')
    return renderJoin(script, receiver, call);
  const path = dottedPath(script, callee);
  if (path === 'json.dumps') return renderJson(script, readCall(script, call));
  const { positional, keywords } = readCall(script, call);
  const [first, second] = positional;
  if (!first || keywords.size > 0 || first.type.includes('splat')) return undefined;
  if (path === 'str' && !second) return renderText(script, first);
  if (path === 'repr' && !second) return renderRepr(script, first);
  if (path === 'format') {
    const spec = second ? knownText(renderText(script, second)) : '';
    return spec === undefined ? undefined : renderFormatted(script, first, spec);
  }
  return undefined;
}

/** `", ".join([a, b])`; of anything but a display, nothing is known. */
function renderJoin(script: Script, separator: Syntax, call: Syntax): readonly TemplatePart[] | undefined {
  const items = call.field('arguments')?.parts[0];
  const display = items && withoutParentheses(items);
  if (!display || !/^(?:list|tuple)$/.test(display.type)) return undefined;
  if (display.parts.some((part) => part.type.includes('splat'))) return undefined;
  return joinWith(
    renderText(script, separator),
    display.parts.map((part) => renderText(script, part)),
  );
}
