import { mayHaveEscaped } from '../../names/escapes.ts';
import type { Mention, Sink } from '../sink.ts';
import { METHODS } from './console.ts';
import { renderWritten } from './stream.ts';

/** Methods by which a console or a stream that escaped is known. */
export const ESCAPED_NAMES: readonly string[] = [
  ...Object.keys(METHODS).filter((name) => !METHODS[name]?.cannot),
  'write',
];

/**
 * A method of what may be a console or a stream, in a text where one is handed to where its name is lost. If it is
 * something else, wrapping it changes nothing.
 *
 *     function train(out) { out.log(`loss=${loss}`) }
 *     train(console);
 */
export function recognizeEscaped({ script, word, origin, receiver, use }: Mention): Sink | undefined {
  // whatever stands under such a name need be no function
  if (receiver && use.kind === 'value') return undefined;
  if (receiver?.type === 'Super' || !mayHaveEscaped(script, origin)) return undefined;
  if (word === undefined) return { sink: 'console[…]', kind: 'print' };
  if (word === 'write')
    return {
      sink: 'stream.write',
      kind: 'print',
      render: (args) => renderWritten(script, args),
    };
  const method = METHODS[word];
  if (!method || method.cannot) return undefined;
  const { render } = method;
  return {
    sink: `console.${word}`,
    kind: 'print',
    ...(render ? { render: (args) => render(script, args) } : {}),
  };
}
