import { type OutputStatement, once } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import { renderFormat } from '../templates/format.ts';
import { concatenate, literal } from '../templates/parts.ts';

/**
 * What `node -p` prints: the value of the last expression, as `console.log` shows it. A call of the console has none.
 *
 *     node -p "train(3); `loss=${loss}`"
 *                        ^^^^^^^^^^^^^^
 */
export function addPrintedResult(
  script: Script,
  statements: readonly OutputStatement[],
): readonly OutputStatement[] {
  const last = script.root.list('body').at(-1);
  const value = last?.type === 'ExpressionStatement' ? last.field('expression') : undefined;
  if (
    !value ||
    statements.some(({ from, to, kind }) => from === value.from && to === value.to && kind === 'print')
  )
    return statements;
  const { from, to } = value;
  const statement: OutputStatement = {
    from,
    to,
    callee: { from, to },
    use: 'value',
    sink: 'node -p',
    kind: 'print',
    stream: 'stdout',
    cannot: 'node prints the value of the last expression by itself',
    wrapped: false,
    template: once(() => ({ parts: concatenate(renderFormat(script, [value]), literal('\n')) })),
  };
  return [...statements, statement].sort((a, b) => a.from - b.from || a.callee.from - b.callee.from);
}
