import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

export function refuseNumber(at: Syntax, script: Script): string | undefined {
  if (at.type !== 'integer' && at.type !== 'float') return undefined;
  const text = textOf(script, at);
  if (/[lL]$/.test(text)) return `${text}: numbers with an L are Python 2`;
  if (/_(?:[_.]|$)/.test(text)) return `${text} is no number`;
  return at.type === 'integer' && /^0[\d_]*[1-9][\d_]*$/.test(text)
    ? `${text}: numbers that begin with 0 are Python 2`
    : undefined;
}

/** @param at the start of a string behind another one */
export function refuseMixed(at: Syntax, script: Script): string | undefined {
  const string = at.parent?.type === 'string' ? at.parent : undefined;
  const whole = string?.parent;
  if (at.type !== 'string_start' || whole?.type !== 'concatenated_string' || !string) return undefined;
  const isBytes = (node: Syntax): boolean => /^[rR]?[bB]/.test(script.text.slice(node.from, node.from + 2));
  return whole.parts.some((part) => isBytes(part) !== isBytes(string))
    ? 'bytes and text in one string'
    : undefined;
}
