import { holeNamed, type TemplatePart } from '@katib-push/core';
import { whyReplaced } from '../../facts/doubts.ts';
import { streamOf } from '../../names/holder.ts';
import type { Script } from '../../syntax/script.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import { typeOf } from '../../templates/hole-type.ts';
import { renderText } from '../../templates/render.ts';
import type { SinkFamily } from '../sink.ts';

/** What a write is given as text; nothing is known of bytes in base64, or another encoding than UTF-8. */
function renderWritten(script: Script, [text, encoding]: readonly Syntax[]): readonly TemplatePart[] {
  const named = encoding && typeOf(script, encoding) === 'string' ? encoding : undefined;
  const isUtf8 = !named || /^utf-?8$/i.test(named.word('value'));
  return text && isUtf8 ? renderText(script, text) : holeNamed('…', 'string');
}

/**
 * `process.stdout.write`, `process.stderr.write`, however the stream is obtained. A write ends no line by itself. What `end`
 * is given does not pass through `write`, but in old Nodes.
 */
export const stream: SinkFamily = {
  names: ['write', 'end'],
  recognize({ script, origin, word, use }) {
    const found = streamOf(origin);
    if (!found) return undefined;
    if (word === 'end' && use.call?.list('arguments').length === 0) return undefined;
    return {
      sink: `process.${found}.${word}`,
      kind: 'print',
      stream: found,
      doubtful: () => whyReplaced(script, `process.${found}.${word}`),
      ...(word === 'end' ? { cannot: 'end writes past the write that the client reads' } : {}),
      render: (args) => renderWritten(script, args),
    };
  },
};
