import { type Script, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** The statements of the module itself, in order. */
export function topLevel(script: Script): readonly Syntax[] {
  return script.root.parts;
}

const COMPOUND = /^(?:if|for|while|try|with|match)_statement$|^(?:function|class|decorated)_definition$/;

/** Whether nothing may follow or precede a statement on its line. */
export function isCompound(statement: Syntax): boolean {
  return COMPOUND.test(statement.type);
}

/** The end of what has to come first: the docstring and `from __future__`. `undefined` if there is neither. */
export function headerEnd(script: Script, statements: readonly Syntax[]): number | undefined {
  let end: number | undefined;
  for (const [index, statement] of statements.entries()) {
    const belongs =
      statement.type === 'future_import_statement' || (index === 0 && isDocstring(script, statement));
    if (!belongs) break;
    end = statement.to;
  }
  return end;
}

function isDocstring(script: Script, statement: Syntax): boolean {
  const [expression, ...others] = statement.parts;
  if (statement.type !== 'expression_statement' || !expression || others.length > 0) return false;
  const inner = withoutParentheses(expression);
  const strings = inner.type === 'concatenated_string' ? inner.parts : [inner];
  return strings.every(
    (string) =>
      string.type === 'string' && /^[rRuU]?["']/.test(script.text.slice(string.from, string.from + 2)),
  );
}
