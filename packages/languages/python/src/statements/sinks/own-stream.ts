import { originOf } from '../../names/origin.ts';
import { type Script, textOf, withoutParentheses } from '../../syntax/script.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import type { SinkFamily } from '../sink.ts';
import { renderLines, renderWrite } from './stream.ts';

const DEFINES_WRITE = /\bdef[ \t]+write/;

/**
 * A stream that is a class of the script's own: who writes to it may write to the output. Its `write` itself only hands
 * on what others write, and stays.
 *
 *     class Log:
 *         def write(self, text): self.stream.write(text)
 *         def line(self, text): self.write(text)
 *                               ^^^^^^^^^^
 *     Log().write(x)
 *     ^^^^^^^^^^^
 */
export const ownStream: SinkFamily = {
  names: ['write', 'writelines'],
  recognize({ script, receiver, call, word }) {
    if (!receiver || !call || !script.holds(DEFINES_WRITE)) return undefined;
    const owner = classOf(script, withoutParentheses(receiver));
    if (!owner || !isStream(script, owner) || isWithinWrite(script, receiver)) return undefined;
    const render = word === 'write' ? renderWrite : renderLines;
    return { sink: `*.${word}`, kind: 'print', render: (given) => render(script, given) };
  },
};

/** Whether this is within the `write` of a stream of the script's own. */
export function isWithinWrite(script: Script, node: Syntax): boolean {
  const name = ancestorOf(node, 'function_definition')?.field('name');
  return name !== undefined && /^write(?:lines)?$/.test(textOf(script, name));
}

/** Whether a class has a `write` and something of an output stream in it. */
function isStream(script: Script, owner: Syntax): boolean {
  const text = textOf(script, owner);
  return /\bdef[ \t]+write(?:lines)?\b/.test(text) && /std(?:out|err)\b|stream\b|console\b/i.test(text);
}

/** The class around `self`, or the one that made the object. */
function classOf(script: Script, receiver: Syntax): Syntax | undefined {
  if (textOf(script, receiver) === 'self') return ancestorOf(receiver, 'class_definition');
  const { madeBy } = originOf(script, receiver);
  if (madeBy === undefined || !/^\w+$/.test(madeBy)) return undefined;
  const defined = new RegExp(`\\bclass[ \\t]+(?=${madeBy}\\b)`).exec(script.text);
  const owner = defined && script.root.at(defined.index + defined[0].length).parent;
  return owner?.type === 'class_definition' ? owner : undefined;
}

function ancestorOf(node: Syntax, type: string): Syntax | undefined {
  let at: Syntax | undefined = node;
  while (at && at.type !== type) at = at.parent;
  return at;
}
