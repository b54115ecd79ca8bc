import type { Node } from 'web-tree-sitter';
import type { Script } from './script.ts';

/** The arguments of one call, sorted. */
export interface Call {
  readonly positional: readonly Node[];
  readonly named: ReadonlyMap<string, Node>;
  /** Whether `...` may add arguments. */
  readonly open: boolean;
}

/** The call that a name is the function of, its namespace or receiver included: `base::cat(…)`, `lg$info(…)`. */
export function nameOfCall(name: Node): Node | undefined {
  const callee = calleeOf(name);
  const call = callee.parent;
  return call?.type === 'call' && call.childForFieldName('function')?.id === callee.id ? call : undefined;
}

/** `print`, or all of `base::print`, `lg$info`. */
export function calleeOf(name: Node): Node {
  const { parent } = name;
  const qualified = parent?.type === 'namespace_operator' || parent?.type === 'extract_operator';
  return qualified && parent.childForFieldName('rhs')?.id === name.id ? parent : name;
}

/** Reads a call's arguments. What is piped into it comes first: `x |> print()`. */
export function readCall(script: Script, call: Node): Call {
  const positional: Node[] = [];
  const named = new Map<string, Node>();
  let open = false;
  const piped = pipeInto(call)?.childForFieldName('lhs');
  if (piped) positional.push(piped);
  const list = call.childForFieldName('arguments');
  for (const argument of list?.namedChildren ?? []) {
    if (argument.type !== 'argument') continue;
    const name = argument.childForFieldName('name');
    const value = argument.childForFieldName('value');
    if (value?.type === 'dots') open = true;
    else if (name && value)
      named.set(script.text.slice(name.startIndex, name.endIndex).replace(/^["'`]|["'`]$/g, ''), value);
    else if (value && !(piped && /^[._]$/.test(value.text))) positional.push(value);
  }
  return { positional, named, open };
}

/** The pipe whose right side a call is; `undefined` if nothing is piped into it. */
export function pipeInto(call: Node): Node | undefined {
  const { parent } = call;
  if (parent?.type !== 'binary_operator' || parent.childForFieldName('rhs')?.id !== call.id) return undefined;
  const operator = parent.childForFieldName('operator')?.text;
  return operator === '|>' || operator === '%>%' || operator === '%T>%' ? parent : undefined;
}
