import { holeNamed } from '../../templates/parts.ts';
import { renderText } from '../../templates/render.ts';
import type { SinkFamily } from '../sink.ts';

/** `process.stdout.write`, `process.stderr.write`, however the stream is obtained. A write ends no line by itself. */
export const stream: SinkFamily = {
  names: ['write'],
  recognize({ script, origin }) {
    const found = /^process\.(stdout|stderr)$/.exec(origin.path ?? '')?.[1];
    if (found !== 'stdout' && found !== 'stderr') return undefined;
    return {
      sink: `process.${found}.write`,
      kind: 'print',
      stream: found,
      render: ([text]) => (text ? renderText(script, text) : holeNamed('…', 'string')),
    };
  },
};
