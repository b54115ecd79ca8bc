import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { hasComma, isGroup } from './targets.ts';

/** What a `match` statement's patterns bind, and which of them match everything. https://peps.python.org/pep-0634/ */
export function refuseMatch(at: Syntax, script: Script): string | undefined {
  const statement = at.parent;
  if (statement?.type !== 'match_statement' || statement.from !== at.from) return undefined;
  const clauses = statement.field('body')?.parts.filter(({ type }) => type === 'case_clause') ?? [];
  for (const [index, clause] of clauses.entries()) {
    const patterns = clause.parts.filter(({ type }) => type === 'case_pattern');
    const isSequence = hasComma(clause);
    const wrong = refuseSequence(script, patterns, isSequence, new Set());
    if (wrong) return wrong;
    const isGuarded = clause.parts.some(({ type }) => type === 'if_clause');
    const isLast = index === clauses.length - 1;
    if (!isSequence && !isGuarded && !isLast && patterns.every((pattern) => matchesAll(script, pattern)))
      return 'a pattern that matches everything has to come last';
  }
  return undefined;
}

type Refused = string | undefined;

/** @param names what the patterns bind is added. @param stars whether one may be starred */
function refuseAll(script: Script, patterns: readonly Syntax[], names: Set<string>, stars = false): Refused {
  for (const pattern of patterns) {
    if (!stars && unwrap(pattern).type === 'splat_pattern') return 'a starred pattern has to be in a list';
    const wrong = refusePattern(script, pattern, names);
    if (wrong) return wrong;
  }
  return undefined;
}

function refuseSequence(
  script: Script,
  patterns: readonly Syntax[],
  isSequence: boolean,
  names: Set<string>,
): Refused {
  const starred = patterns.map(unwrap).filter(({ type }) => type === 'splat_pattern');
  if (starred.length > (isSequence ? 1 : 0) || starred.some((star) => textOf(script, star).startsWith('**')))
    return 'a starred pattern has to be in a list, and the only one there';
  return refuseAll(script, patterns, names, true);
}

function refusePattern(script: Script, given: Syntax, names: Set<string>): Refused {
  const pattern = unwrap(given);
  const parts = pattern.parts;
  switch (pattern.type) {
    case 'identifier':
    case 'dotted_name':
      return parts.length > 1 ? undefined : bind(script, pattern, names);
    case 'splat_pattern':
      return parts[0] && bind(script, parts[0], names);
    case 'tuple_pattern':
    case 'list_pattern':
      return refuseSequence(script, parts, !isGroup(pattern), names);
    case 'union_pattern':
      return refuseUnion(script, pattern, names);
    case 'class_pattern':
      return refuseClass(script, parts.slice(1), names);
    case 'dict_pattern':
      return refuseMapping(script, pattern, names);
    case 'as_pattern':
      return refuseAs(script, pattern, names);
    case 'keyword_pattern':
      return refuseAll(script, parts.slice(1), names);
    case 'complex_pattern': {
      const [real = '', imaginary = ''] = parts.map((part) => textOf(script, part));
      return /j$/i.test(real) || !/j$/i.test(imaginary) ? 'a pattern that is no literal' : undefined;
    }
    case 'string':
    case 'concatenated_string':
      return /^(?:r?f|fr)["']/im.test(textOf(script, pattern)) ? 'a pattern that is no literal' : undefined;
    default:
      return undefined;
  }
}

function bind(script: Script, name: Syntax, names: Set<string>): Refused {
  const text = textOf(script, name);
  if (text === '_') return undefined;
  if (names.has(text)) return `the pattern binds ${text} twice`;
  if (text === '__debug__') return `${text} can't be given a value`;
  names.add(text);
  return undefined;
}

function refuseAs(script: Script, pattern: Syntax, names: Set<string>): Refused {
  const [matched, name] = pattern.parts;
  if (!matched || name?.type !== 'identifier' || textOf(script, name) === '_')
    return 'a pattern may be given one name behind as';
  return refusePattern(script, matched, names) ?? bind(script, name, names);
}

/** All alternatives bind the same names, and only the last one may match everything. */
function refuseUnion(script: Script, pattern: Syntax, names: Set<string>): Refused {
  let first: Set<string> | undefined;
  const alternatives = pattern.children.filter((child) => child.isNamed || child.type === '_');
  for (const [index, alternative] of alternatives.entries()) {
    const bound = new Set<string>();
    const wrong = refusePattern(script, alternative, bound);
    if (wrong) return wrong;
    first ??= bound;
    if (bound.size !== first.size || [...bound].some((name) => !first?.has(name)))
      return 'alternatives of a pattern bind different names';
    if (index < alternatives.length - 1 && matchesAll(script, alternative))
      return 'a pattern that matches everything has to come last';
  }
  for (const name of first ?? []) {
    if (names.has(name)) return `the pattern binds ${name} twice`;
    names.add(name);
  }
  return undefined;
}

function refuseClass(script: Script, given: readonly Syntax[], names: Set<string>): Refused {
  const keywords = new Set<string>();
  for (const pattern of given.map(unwrap)) {
    const name = pattern.type === 'keyword_pattern' ? textOf(script, pattern.parts[0] ?? pattern) : undefined;
    if (name === undefined && keywords.size > 0) return 'a positional pattern follows one by keyword';
    if (name !== undefined && keywords.has(name)) return `the keyword pattern ${name} is repeated`;
    if (name !== undefined) keywords.add(name);
  }
  return refuseAll(script, given, names);
}

function refuseMapping(script: Script, pattern: Syntax, names: Set<string>): Refused {
  const keys = new Set<string>();
  const { parts } = pattern;
  for (const [index, part] of parts.entries()) {
    if (part.type === 'splat_pattern') {
      if (index < parts.length - 1) return '** has to come last';
      const [name] = part.parts;
      if (!name || textOf(script, name) === '_') return '** needs a name';
    } else if (part.type !== 'case_pattern') {
      const key = script.text.slice(part.from, part.to);
      const isLiteral = part.type !== 'dotted_name';
      if (!isLiteral && part.parts.length === 1) return 'a key that is no literal';
      if (isLiteral && keys.has(key)) return `the key ${key} is repeated`;
      keys.add(key);
    }
  }
  const values = parts.filter(({ type }) => type === 'case_pattern');
  const rest = parts.filter(({ type }) => type === 'splat_pattern');
  return refuseAll(script, values, names) ?? refuseAll(script, rest, names, true);
}

/** A pattern without what only holds it. `_` has no node of its own. */
function unwrap(pattern: Syntax): Syntax {
  let at = pattern;
  while (at.type === 'case_pattern') {
    const [only] = at.parts;
    // `-1`: the sign has no node of its own either
    if (!only) return at;
    at = only;
  }
  return at;
}

function matchesAll(script: Script, given: Syntax): boolean {
  const pattern = unwrap(given);
  const [first, ...more] = pattern.parts;
  switch (pattern.type) {
    case '_':
      return true;
    case 'case_pattern':
      return textOf(script, pattern) === '_';
    case 'identifier':
      return true;
    case 'dotted_name':
      return more.length === 0;
    case 'tuple_pattern':
      return first !== undefined && isGroup(pattern) && matchesAll(script, first);
    case 'as_pattern':
      return first !== undefined && matchesAll(script, first);
    case 'union_pattern': {
      const last = pattern.children.at(-1);
      return last !== undefined && matchesAll(script, last);
    }
    default:
      return false;
  }
}
