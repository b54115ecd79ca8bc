import { concatenate, holeNamed, literal, sourceOf, type TemplatePart } from '@katib-push/core';
import type { Call } from '../names/call.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { renderFormatted, typeBySpec } from './format-spec.ts';
import { renderRepr } from './repr.ts';

/**
 * What `format.format(*args, **kwargs)` gives.
 * https://docs.python.org/3/library/string.html#format-string-syntax
 *
 *     {name.attribute[index]!r:>8.4f}
 */
export function fillFormat(
  script: Script,
  format: readonly TemplatePart[],
  call: Call,
): readonly TemplatePart[] {
  let automatic = 0;
  const lookUp = (name: string): Syntax | undefined => {
    if (!/^\d*$/.test(name)) return call.keywords.get(name);
    const index = name === '' ? automatic++ : Number(name);
    const splat = call.positional.findIndex((value) => value.type.includes('splat'));
    return splat >= 0 && index >= splat ? undefined : call.positional[index];
  };
  const fill = (text: string) =>
    concatenate(...fieldsOf(text).map((field) => fillField(script, field, lookUp)));
  return concatenate(...format.map((part) => (part.kind === 'hole' ? [part] : fill(part.text))));
}

type Field =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly rest: string;
      readonly conversion: string;
      readonly spec: string;
    };

const NESTED = String.raw`(?:[^{}]|\{[^{}]*\})*`;
const FIELD = new RegExp(
  String.raw`\{\{|\}\}|\{(?<name>[^{}.[!:]*)(?<rest>[^{}!:]*)(?:!(?<conversion>[rsa]))?(?::(?<spec>${NESTED}))?\}`,
  'g',
);

function fieldsOf(text: string): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  for (const match of text.matchAll(FIELD)) {
    fields.push({ kind: 'text', text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    const { name, rest = '', conversion = '', spec = '' } = match.groups ?? {};
    if (name === undefined) fields.push({ kind: 'text', text: match[0][0] as string });
    else fields.push({ kind: 'field', name: name.trim(), rest, conversion, spec });
  }
  fields.push({ kind: 'text', text: text.slice(at) });
  return fields;
}

function fillField(
  script: Script,
  field: Field,
  lookUp: (name: string) => Syntax | undefined,
): readonly TemplatePart[] {
  if (field.kind === 'text') return literal(field.text);
  const value = lookUp(field.name);
  // values of nested fields come next in line
  for (const [, name = ''] of field.spec.matchAll(/\{([^{}]*)\}/g)) lookUp(name);
  const { conversion, rest, spec } = field;
  if (!value || rest !== '') {
    const expression = value ? sourceOf(script, value) + rest : `${field.name}${rest}` || '…';
    return holeNamed(
      expression,
      spec === '' ? 'unknown' : conversion ? 'string' : typeBySpec(spec, () => 'unknown'),
    );
  }
  if (spec === '' && (conversion === 'r' || conversion === 'a')) return renderRepr(script, value);
  return renderFormatted(script, value, spec, conversion !== '');
}
