import type { Edit, OutputStatement } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

/**
 * The two insertions that hand the callee to the client, which answers with what is called instead.
 *
 *     print(x)          _katib_push(print)(x)
 *     map(print, xs)    map(_katib_push(print,1), xs)      kept for later calls
 */
export function wrapCallee(script: Script, statement: OutputStatement, clientName: string): readonly Edit[] {
  const { callee, sink, use } = statement;
  const line = script.lines().lineAt(callee.from);
  const reason =
    use === 'call' ? `wraps ${sink} at line ${line}` : `wraps ${sink}, passed on at line ${line}`;
  return [
    { from: callee.from, to: callee.from, insert: `${clientName}(`, reason },
    { from: callee.to, to: callee.to, insert: use === 'call' ? ')' : ',1)', reason },
  ];
}
