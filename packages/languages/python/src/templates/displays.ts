import { concatenate, hole, joinWith, literal, type TemplatePart } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { renderRepr } from './repr.ts';

const COMMA = literal(', ');

/** `{'loss': l}` as it prints: `{'loss': ` HOLE `}`. */
export function renderDictionary(script: Script, dictionary: Syntax): readonly TemplatePart[] {
  const pairs = dictionary.parts;
  if (pairs.some((pair) => pair.type !== 'pair')) return hole(script, dictionary, 'unknown');
  const rendered = pairs.map((pair) => {
    const [key, value] = pair.parts;
    if (!key || !value) return hole(script, pair, 'unknown');
    return concatenate(renderRepr(script, key), literal(': '), renderRepr(script, value));
  });
  return concatenate(literal('{'), joinWith(COMMA, rendered), literal('}'));
}

/** A list or tuple display as it prints. */
export function renderSequence(script: Script, display: Syntax): readonly TemplatePart[] {
  const items = display.parts;
  const [open, close] = display.type === 'list' ? ['[', ']'] : ['(', items.length === 1 ? ',)' : ')'];
  const rendered = items.map((item) =>
    item.type.includes('splat') ? hole(script, item, 'unknown') : renderRepr(script, item),
  );
  return concatenate(literal(open), joinWith(COMMA, rendered), literal(close));
}
