import { clientNamesIn } from '../syntax/own-prelude.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** How an expression that names a sink is used. */
export interface Use {
  readonly kind: 'call' | 'value';
  /** The statement: the whole call, or the name itself. */
  readonly whole: Syntax;
  /** The call node, for a call. */
  readonly call?: Syntax;
  /** Where the callee ends, parentheses and our own wrapping included. */
  readonly called: number;
  readonly wrapped: boolean;
}

/** Functions that look at the object itself: a wrapped one would answer otherwise. */
const INSPECTS =
  /^(?:isinstance|issubclass|callable|id|hash|type|hasattr|getattr|setattr|dir|vars|repr|str|format|print|help|inspect\..*|typing\..*|cast)$/;

/** Parents in which a name is a value that is kept for later calls. */
const KEEPS: ReadonlySet<string> = new Set(
  (
    'argument_list assignment conditional_expression default_parameter expression_list ' +
    'generator_expression keyword_argument lambda list list_comprehension named_expression pair ' +
    'return_statement set set_comprehension boolean_operator tuple typed_default_parameter yield ' +
    'decorator'
  ).split(' '),
);

/**
 * How the expression `callee` is used; `undefined` where it isn't output: a target of an assignment, a parameter's or
 * keyword's name, a pattern, an annotation, an operand that is only compared.
 */
export function classifyUse(script: Script, callee: Syntax): Use | undefined {
  let at = callee;
  let wrapped = false;
  for (let parent = at.parent; parent; parent = at.parent) {
    if (parent.type === 'parenthesized_expression') {
      at = parent;
    } else if (parent.type === 'argument_list' && !wrapped && isClientCall(script, parent, at)) {
      wrapped = true;
      at = parent.parent as Syntax;
    } else if (parent.type === 'call' && parent.from === at.from) {
      return { kind: 'call', whole: parent, call: parent, called: at.to, wrapped };
    } else if (isSplatCallee(parent)) {
      const call = parent.parent as Syntax;
      return { kind: 'call', whole: call, call, called: at.to, wrapped };
    } else {
      return isKept(script, at, parent)
        ? { kind: 'value', whole: wrapped ? at : callee, called: at.to, wrapped }
        : undefined;
    }
  }
  return undefined;
}

/** Whether a `*f` is called: in `print(a, *f(x))`, the grammar takes the star for a part of the callee. */
function isSplatCallee(splat: Syntax): boolean {
  return splat.type === 'list_splat' && splat.parent?.type === 'call' && splat.parent.from === splat.from;
}

/** Whether `list` is the argument list of `_katib_push(…)` and `at` its first argument. */
function isClientCall(script: Script, list: Syntax, at: Syntax): boolean {
  if (clientNamesIn(script).size === 0 || script.text.slice(list.from + 1, at.from).trim() !== '')
    return false;
  const call = list.parent;
  // `*_katib_push(f)(x)`: see `isSplatCallee`
  const name = call?.type === 'call' ? script.text.slice(call.from, list.from).replace(/^\*\s*/, '') : '';
  return clientNamesIn(script).has(name);
}

/** `print` of `_katib_push(print)`: a callee as it was before it was wrapped. */
export function withoutWrapping(script: Script, callee: Syntax): Syntax {
  if (callee.type === 'list_splat' && callee.parts[0]) return withoutWrapping(script, callee.parts[0]);
  const at = withoutParentheses(callee);
  const list = at.type === 'call' && clientNamesIn(script).size > 0 ? at.field('arguments') : undefined;
  const given = list?.parts[0];
  return given && list && isClientCall(script, list, given) ? withoutWrapping(script, given) : at;
}

function isKept(script: Script, at: Syntax, parent: Syntax): boolean {
  if (!KEEPS.has(parent.type)) return false;
  switch (parent.type) {
    case 'argument_list': {
      const callee = parent.parent?.field('function');
      // the bases of a class have no function
      return callee !== undefined && !INSPECTS.test(textOf(script, withoutWrapping(script, callee)));
    }
    case 'generator_expression':
    case 'list_comprehension':
    case 'set_comprehension':
      // what is collected, not what is gone through
      return parent.parts[0] === at;
    case 'assignment':
    case 'lambda':
    case 'named_expression':
    case 'keyword_argument':
    case 'default_parameter':
    case 'typed_default_parameter':
    case 'pair':
      // the last child: what stands in front is a target, a name, an annotation or a key
      return parent.to === at.to && parent.from !== at.from;
    case 'expression_list':
    case 'tuple':
    case 'list':
      return !isTarget(at);
    default:
      return true;
  }
}

/** Whether a display is a target after all: `for (print, x) in …`, `del (print, x)`. */
function isTarget(at: Syntax): boolean {
  for (let node = at.parent; node; node = node.parent) {
    if (node.type === 'delete_statement') return true;
    if (!/^(?:expression_list|tuple|list)$/.test(node.type)) return false;
  }
  return false;
}
