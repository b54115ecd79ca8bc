import { concatenate, holeNamed, type TemplatePart } from '@katib-push/core';
import { whyReplaced } from '../../facts/elsewhere.ts';
import type { Call } from '../../names/call.ts';
import { streamNamed } from '../../names/stream-named.ts';
import type { Script } from '../../syntax/script.ts';
import { renderText } from '../../templates/render.ts';
import type { SinkFamily } from '../sink.ts';

/** `sys.stdout.write`, `sys.stderr.writelines`, and the same through aliases: `from sys import stdout`, `out = sys.stdout`. */
export const stream: SinkFamily = {
  names: ['write', 'writelines'],
  recognize({ script, receiver, word }) {
    if (!receiver) return undefined;
    const found = streamNamed(script, receiver);
    if (!found) return undefined;
    const render = word === 'write' ? renderWrite : renderLines;
    return {
      sink: `sys.${found}.${word}`,
      kind: 'print',
      stream: found,
      doubtful: () => whyReplaced(script, found),
      asValue: true,
      render: (call) => render(script, call),
    };
  },
};

export function renderWrite(script: Script, call: Call): readonly TemplatePart[] {
  const [value] = call.positional;
  return value ? renderText(script, value) : holeNamed('…', 'string');
}

export function renderLines(script: Script, call: Call): readonly TemplatePart[] {
  const [lines] = call.positional;
  if (lines?.type !== 'list' && lines?.type !== 'tuple') return holeNamed('…', 'string');
  return concatenate(...lines.parts.map((line) => renderText(script, line)));
}
