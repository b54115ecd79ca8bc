import { fact } from '@katib-push/core';
import { resolveName } from '../names/resolve.ts';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** Expressions that run no code of the script when they are evaluated, if what they consist of runs none. */
const INERT: ReadonlySet<string> = new Set(
  (
    'attribute binary_operator concatenated_string constrained_type dictionary ellipsis ' +
    'expression_list false float generic_type identifier integer keyword_argument list member_type ' +
    'none pair parenthesized_expression set splat_type string string_content string_end string_start ' +
    'escape_sequence subscript slice true tuple type type_parameter unary_operator union_type'
  ).split(' '),
);

/** Classes that take part in how others are defined or looked up: no expression is inert beside them. */
const HOOKS = /\bmetaclass\b|__(?:init_subclass|set_name|class_getitem|getattr|getattribute|get)__/;
const hasHooks = fact(({ text }: Script) => HOOKS.test(text));

/**
 * Whether a definition or assignment runs nothing that the script defines: its header holds names, attributes,
 * subscripts and constants only, its decorators come from elsewhere.
 *
 *     @torch.no_grad()
 *     def train(lr: float = 0.1, *, log: "str | None" = None) -> Dict[str, float]:
 *
 * @param usedAt where the client's name would stand: what is evaluated must hold none of these positions
 */
export function isInert(script: Script, statement: Syntax, usedAt: readonly number[]): boolean {
  if (hasHooks(script)) return statement.type === 'pass_statement';
  const plain = (node: Syntax | undefined): boolean => node === undefined || isPlain(node, usedAt);
  switch (statement.type) {
    case 'pass_statement':
    case 'comment':
      return true;
    case 'expression_statement': {
      const [expression] = statement.parts;
      if (expression?.type !== 'assignment') return plain(expression);
      return expression.parts.every((part) => plain(part));
    }
    case 'decorated_definition':
      return statement.parts.every((part) =>
        part.type === 'decorator' ? isForeign(script, part, usedAt) : isInert(script, part, usedAt),
      );
    case 'function_definition': {
      const parameters = statement.field('parameters')?.parts ?? [];
      const evaluated = parameters.flatMap((one) => [one.field('type'), one.field('value')]);
      return [...evaluated, statement.field('return_type')].every(plain);
    }
    case 'class_definition': {
      const body = statement.field('body')?.parts ?? [];
      const bases = statement.field('superclasses')?.parts ?? [];
      return bases.every((base) => plain(base)) && body.every((one) => isInert(script, one, usedAt));
    }
    default:
      return false;
  }
}

function isPlain(expression: Syntax, usedAt: readonly number[]): boolean {
  if (usedAt.some((at) => expression.from <= at && at < expression.to)) return false;
  const open = [expression];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!INERT.has(node.type)) return false;
    open.push(...node.parts);
  }
  return true;
}

/** `@functools.wraps(f)`, `@property`: a decorator that is imported or built in. One of the script's own may print. */
function isForeign(script: Script, decorator: Syntax, usedAt: readonly number[]): boolean {
  const [expression] = decorator.parts;
  if (!expression) return false;
  const at = withoutParentheses(expression);
  const given = at.type === 'call' ? (at.field('arguments')?.parts ?? []) : [];
  const callee = at.type === 'call' ? at.field('function') : at;
  if (!callee || ![callee, ...given].every((one) => isPlain(one, usedAt))) return false;
  let root = callee;
  while (root.type !== 'identifier') {
    const inner = root.parts[0];
    if (!inner) return false;
    root = inner;
  }
  const bindings = resolveName(script, root)?.bindings ?? [];
  return bindings.every(
    ({ name }) => /import/.test(name.parent?.type ?? '') || name.parent?.type === 'dotted_name',
  );
}
