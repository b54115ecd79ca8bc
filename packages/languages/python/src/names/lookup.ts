import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { readCall } from './call.ts';

/** A name that is looked up by a call or a key instead of a dot. */
export interface Lookup {
  /** The whole expression, which gives what is called. */
  readonly callee: Syntax;
  /** What the name is looked up in. */
  readonly receiver: Syntax;
  /** Absent where it is known only at run time. */
  readonly word?: string;
}

/** Where the built-in names are kept. */
const NAMESPACES =
  /^(?:globals\(\)|locals\(\)|vars\(\w+\)|__builtins__|(?:\w+\.)?__builtins__\.__dict__|\w+\.__dict__)$/;

/**
 * Reads a look-up, from the name that the scan found:
 *
 *     getattr(logger, level)(msg)      vars(builtins)["print"](x)
 *     ^^^^^^^                                         ^^^^^
 */
export function readLookup(script: Script, found: Syntax): Lookup | undefined {
  if (found.type === 'string_content') return readKey(script, found);
  const call = found.parent;
  if (call?.type !== 'call' || call.from !== found.from || textOf(script, found) !== 'getattr')
    return undefined;
  const { positional } = readCall(script, call);
  const [receiver, name] = positional;
  if (!receiver || !name || positional.some(({ type }) => type.includes('splat'))) return undefined;
  const word = wordOf(script, name);
  return { callee: call, receiver, ...(word === undefined ? {} : { word }) };
}

function readKey(script: Script, content: Syntax): Lookup | undefined {
  const key = content.parent;
  const subscript = key?.parent;
  if (!key || subscript?.type !== 'subscript' || subscript.field('subscript') !== key) return undefined;
  const receiver = subscript.field('value');
  const word = wordOf(script, key);
  if (!receiver || word === undefined || !NAMESPACES.test(textOf(script, receiver).replace(/\s/g, '')))
    return undefined;
  return { callee: subscript, receiver, word };
}

/** The attribute's name, where a plain string gives it. */
function wordOf(script: Script, name: Syntax): string | undefined {
  const at = withoutParentheses(name);
  return at.type === 'string' ? /^["']([A-Za-z_]\w*)["']$/.exec(textOf(script, at))?.[1] : undefined;
}
