import { isConsole, streamOf } from '../../names/holder.ts';
import type { Mention, Sink } from '../sink.ts';
import { isLogger, pastTheStream } from './logger.ts';

/**
 * A member whose name is known only at run time: `console[level]`, `logger[level]`. What it writes is not known, either:
 * `console.table` and `console.log` show the same arguments in their own ways.
 */
export function recognizeAnyMember(mention: Mention): Sink | undefined {
  const { origin, use } = mention;
  if (isConsole(origin)) return { sink: 'console[…]', kind: 'print' };
  // whatever stands at an index of them may be no function
  if (use.kind === 'value') return undefined;
  const stream = streamOf(origin);
  if (stream) return { sink: `process.${stream}[…]`, kind: 'print', stream };
  return isLogger(mention) ? { sink: 'logger[…]', kind: 'log', ...pastTheStream(origin) } : undefined;
}
