import { holeNamed } from '../../templates/parts.ts';
import { renderText } from '../../templates/render.ts';
import type { SinkFamily } from '../sink.ts';

/**
 * `process.stdout.write`, `process.stderr.write`, however the stream is obtained. A write ends no line by itself. What `end`
 * is given does not pass through `write`, but in old Nodes.
 */
export const stream: SinkFamily = {
  names: ['write', 'end'],
  recognize({ script, origin, word, use }) {
    const found = /^process\.(stdout|stderr)$/.exec(origin.path ?? '')?.[1];
    if (found !== 'stdout' && found !== 'stderr') return undefined;
    if (word === 'end' && use.call?.list('arguments').length === 0) return undefined;
    return {
      sink: `process.${found}.${word}`,
      kind: 'print',
      stream: found,
      ...(word === 'end' ? { cannot: 'end writes past the write that the client reads' } : {}),
      render: ([text]) => (text ? renderText(script, text) : holeNamed('…', 'string')),
    };
  },
};
