import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** What a `match` statement's patterns bind, and which of them match everything. https://peps.python.org/pep-0634/ */
export function refuseMatch({ parent: statement }: Syntax, script: Script): string | undefined {
  if (statement?.type !== 'match_statement') return undefined;
  const clauses = statement.field('body')?.parts.filter(({ type }) => type === 'case_clause') ?? [];
  for (const clause of clauses) {
    const patterns = clause.parts.filter(({ type }) => type === 'case_pattern');
    if (patterns.some((pattern) => isTooDeep(textOf(script, pattern)))) return undefined;
    const wrong = refuseNames(patterns.flatMap((pattern) => namesIn(script, pattern)));
    if (wrong) return wrong;
    const isOpen = clause === clauses.at(-1) || hasComma(clause);
    const isGuarded = clause.parts.some(({ type }) => type === 'if_clause');
    if (!isOpen && !isGuarded && patterns.every((pattern) => matchesAll(script, pattern)))
      return 'a pattern that matches everything has to come last';
    for (const union of patterns.flatMap(unionsIn)) {
      const wrong = refuseUnion(script, union);
      if (wrong) return wrong;
    }
  }
  return undefined;
}

/** Whether more brackets stand in each other than CPython takes. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (/[([{]/.test(char)) depth++;
    if (/[)\]}]/.test(char)) depth--;
    if (depth > 200) return true;
  }
  return false;
}

function refuseNames(names: readonly string[]): string | undefined {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice && `the pattern binds ${twice} twice`;
}

/** All alternatives bind the same names, and only the last one may match everything. */
function refuseUnion(script: Script, union: Syntax): string | undefined {
  const alternatives = alternativesOf(union);
  const [first, ...others] = alternatives.map((each) => namesIn(script, each).sort().join());
  if (others.some((names) => names !== first)) return 'alternatives of a pattern bind different names';
  return alternatives.slice(0, -1).some((each) => matchesAll(script, each))
    ? 'a pattern that matches everything has to come last'
    : undefined;
}

/** The names that a pattern binds; of alternatives, those of the first one. */
function namesIn(script: Script, pattern: Syntax): string[] {
  const { type, parts } = pattern;
  switch (type) {
    case 'identifier':
      return textOf(script, pattern) === '_' ? [] : [textOf(script, pattern)];
    case 'dotted_name':
      return parts.length > 1 ? [] : parts.flatMap((part) => namesIn(script, part));
    case 'union_pattern':
      return parts.slice(0, 1).flatMap((part) => namesIn(script, part));
    case 'class_pattern':
    case 'keyword_pattern':
      return parts.slice(1).flatMap((part) => namesIn(script, part));
    case 'dict_pattern':
      return parts
        .filter((part) => /^(?:case|splat)_pattern$/.test(part.type))
        .flatMap((part) => namesIn(script, part));
    default:
      return /pattern/.test(type) ? parts.flatMap((part) => namesIn(script, part)) : [];
  }
}

function unionsIn(pattern: Syntax): readonly Syntax[] {
  const within = pattern.parts.flatMap(unionsIn);
  return pattern.type === 'union_pattern' ? [pattern, ...within] : within;
}

/** `_` and the sign of `-1` have no node of their own. */
function alternativesOf(union: Syntax): readonly Syntax[] {
  return union.children.filter((child) => child.isNamed || child.type === '_');
}

function matchesAll(script: Script, pattern: Syntax): boolean {
  const { type, parts } = pattern;
  const [first] = parts;
  switch (type) {
    case '_':
    case 'identifier':
      return true;
    case 'case_pattern':
      return first ? matchesAll(script, first) : textOf(script, pattern) === '_';
    case 'dotted_name':
      return parts.length === 1;
    case 'tuple_pattern':
      // `(x)`; `(x,)` is a sequence
      return parts.length === 1 && !hasComma(pattern) && first !== undefined && matchesAll(script, first);
    case 'as_pattern':
      return first !== undefined && matchesAll(script, first);
    case 'union_pattern':
      return alternativesOf(pattern)
        .slice(-1)
        .some((last) => matchesAll(script, last));
    default:
      return false;
  }
}

function hasComma({ children }: Syntax): boolean {
  return children.some(({ type }) => type === ',');
}
