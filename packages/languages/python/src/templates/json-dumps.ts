import { concatenate, hole, joinWith, knownText, literal, type TemplatePart } from '@katib-push/core';
import type { Call } from '../names/call.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';
import { nested } from './nested.ts';
import { renderText } from './render.ts';

/** Keywords that change nothing of what a template shows. */
const HARMLESS: ReadonlySet<string> = new Set(['indent', 'default', 'cls', 'allow_nan', 'check_circular']);

/** `json.dumps({"loss": l})` → `{"loss": ` HOLE `}`; `undefined` if the form isn't known. */
export function renderJson(script: Script, call: Call): readonly TemplatePart[] | undefined {
  const [value, ...others] = call.positional;
  if (!value || others.length > 0 || call.openKeywords) return undefined;
  if ([...call.keywords.keys()].some((name) => !HARMLESS.has(name))) return undefined;
  const indent = call.keywords.get('indent');
  if (!indent || indent.type === 'none') return renderValue(script, value, undefined);
  return indent.type === 'integer'
    ? renderValue(script, value, { step: Number(textOf(script, indent)), depth: 0 })
    : undefined;
}

/** How a value is laid out: absent on one line. */
interface Indent {
  readonly step: number;
  readonly depth: number;
}

function renderValue(script: Script, value: Syntax, indent: Indent | undefined): readonly TemplatePart[] {
  const at = withoutParentheses(value);
  const inner = indent && { ...indent, depth: indent.depth + 1 };
  switch (at.type) {
    case 'true':
      return literal('true');
    case 'false':
      return literal('false');
    case 'none':
      return literal('null');
    case 'integer':
    case 'float':
      return renderText(script, at);
    case 'dictionary': {
      if (at.parts.some((part) => part.type !== 'pair')) return hole(script, at, 'unknown');
      const pairs = at.parts.map(({ parts: [key, item] }) =>
        key && item
          ? concatenate(renderKey(script, key), literal(': '), renderItem(script, item, inner))
          : [],
      );
      return enclose('{', pairs, '}', inner);
    }
    case 'list':
    case 'tuple':
      if (at.parts.some((part) => part.type.includes('splat'))) return hole(script, at, 'unknown');
      return enclose(
        '[',
        at.parts.map((part) => renderItem(script, part, inner)),
        ']',
        inner,
      );
    default:
      return renderOther(script, at);
  }
}

function renderItem(script: Script, value: Syntax, indent: Indent | undefined): readonly TemplatePart[] {
  const parts = nested(script, undefined, () => renderValue(script, value, indent));
  return parts ?? hole(script, value, 'unknown');
}

function renderOther(script: Script, value: Syntax): readonly TemplatePart[] {
  const type = typeOf(script, value);
  if (type !== 'string') return hole(script, value, type);
  const parts = renderText(script, value);
  const escaped = parts.map((part) =>
    part.kind === 'hole' ? part : { ...part, text: jsonString(part.text).slice(1, -1) },
  );
  return concatenate(literal('"'), escaped, literal('"'));
}

function renderKey(script: Script, key: Syntax): readonly TemplatePart[] {
  const text = knownText(renderValue(script, key, undefined));
  if (text === undefined) return concatenate(literal('"'), hole(script, key, 'string'), literal('"'));
  return literal(text.startsWith('"') ? text : `"${text}"`);
}

function enclose(
  open: string,
  items: readonly (readonly TemplatePart[])[],
  close: string,
  indent: Indent | undefined,
): readonly TemplatePart[] {
  if (!indent || items.length === 0)
    return concatenate(literal(open), joinWith(literal(', '), items), literal(close));
  const line = (depth: number) => `\n${' '.repeat(indent.step * depth)}`;
  return concatenate(
    literal(open + line(indent.depth)),
    joinWith(literal(`,${line(indent.depth)}`), items),
    literal(line(indent.depth - 1) + close),
  );
}

/** As `json.dumps` writes a string: everything outside of ASCII is escaped. */
function jsonString(text: string): string {
  return JSON.stringify(text).replace(/[\u007F-\uFFFF]/g, (char) =>
    char === '\u007F' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
