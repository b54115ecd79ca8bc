import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** @param at the opening bracket of a call, or of a class's bases */
export function refuseArguments(at: Syntax, script: Script): string | undefined {
  const list = at.parent;
  if (list?.type === 'generator_expression')
    return list.parent?.type === 'class_definition' ? 'a class takes no generator' : undefined;
  if (list?.type !== 'argument_list') return undefined;
  const names = new Set<string>();
  let unpacked = false;
  for (const part of list.parts) {
    if (part.type === 'dictionary_splat') unpacked = true;
    else if (part.type === 'keyword_argument') {
      const name = part.parts[0] ? textOf(script, part.parts[0]) : '';
      if (names.has(name)) return `the keyword argument ${name} is repeated`;
      if (name === '__debug__') return `${name} can't be given a value`;
      names.add(name);
    } else if (part.type === 'list_splat' ? unpacked : unpacked || names.size > 0)
      return 'a positional argument follows one by keyword';
  }
  return undefined;
}

/** @param at the opening bracket of a function's parameters, or a `lambda` */
export function refuseParameters(at: Syntax, script: Script): string | undefined {
  const parameters = at.type === 'lambda' ? at.parent?.field('parameters') : at.parent;
  if (!parameters || !/^(?:lambda_)?parameters$/.test(parameters.type)) return undefined;
  const names = new Set<string>();
  let kind: 'plain' | 'default' | 'keyword' | 'last' = 'plain';
  let slash = false;
  let bareStar = false;
  for (const [index, part] of parameters.parts.entries()) {
    if (kind === 'last') return 'nothing may follow **';
    const text = textOf(script, part);
    if (part.type === 'tuple_pattern') return 'a parameter in parentheses: this is Python 2';
    if (/splat_pattern$/.test(part.type) && part.parts[0]?.type !== 'identifier')
      return 'a parameter that is no name';
    if (!text.startsWith('*') && part.field('type')?.parts[0]?.type === 'splat_type')
      return 'a starred annotation of what takes no stars';
    if (part.type === 'positional_separator') {
      if (slash || kind === 'keyword' || index === 0) return '/ at a place where it may not stand';
      slash = true;
      continue;
    }
    if (text.startsWith('**')) {
      if (bareStar) return 'a bare * needs names behind it';
      kind = 'last';
    } else if (text.startsWith('*')) {
      if (kind === 'keyword') return '* may stand once only';
      kind = 'keyword';
      bareStar = part.type === 'keyword_separator';
    } else if (/default_parameter$/.test(part.type)) {
      bareStar = false;
      if (kind === 'plain') kind = 'default';
    } else if (kind === 'default') return 'a parameter without a default follows one that has it';
    else bareStar = false;
    const name = /^[*\s]*(\w+)/.exec(text)?.[1];
    if (name === '__debug__') return `${name} can't be given a value`;
    if (name !== undefined && names.has(name)) return `the parameter ${name} is there twice`;
    if (name !== undefined) names.add(name);
  }
  return bareStar ? 'a bare * needs names behind it' : undefined;
}
