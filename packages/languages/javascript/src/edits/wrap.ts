import type { Edit, OutputStatement } from '@katib-push/core';
import { isAssertion, type Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/**
 * The two insertions that hand something to the client, which answers with what is called instead.
 *
 *     console.log(x)            _katib_push(console).log(x)      a method keeps its receiver
 *     log(x)                    _katib_push(log)(x)
 *     xs.forEach(console.log)   xs.forEach(_katib_push(console.log,1))      kept for later calls
 *     { log }                   { log:_katib_push(log,1) }
 */
export function wrapCallee(script: Script, statement: OutputStatement, clientName: string): readonly Edit[] {
  const callee = findCallee(script, statement);
  const { sink, use } = statement;
  const line = script.lines().lineAt(statement.callee.from);
  const reason =
    use === 'call' ? `wraps ${sink} at line ${line}` : `wraps ${sink}, passed on at line ${line}`;
  const { from, to } = (use === 'call' && callee.field('object')) || callee;
  const parent = callee.parent;
  const key = parent?.type === 'ObjectProperty' && parent.is('shorthand') ? `${callee.word('name')}:` : '';
  // brackets around it are no part of a node: the insertions stand within them
  return [
    { from, to: from, insert: `${key}${clientName}(`, reason },
    { from: to, to, insert: use === 'call' ? ')' : ',1)', reason },
  ];
}

/** The node of a statement's callee: the outermost one that has exactly its range. */
function findCallee(script: Script, { callee: { from, to } }: OutputStatement): Syntax {
  let at = script.root.at(from);
  while (at.to < to && at.parent) at = at.parent;
  while (at.parent && at.parent.from === from && at.parent.to === to && !isAssertion(at.parent)) {
    if (at.parent.type === 'ObjectProperty') break;
    at = at.parent;
  }
  return at;
}
