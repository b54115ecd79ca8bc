import type { Layer } from '@katib-push/core';
import { toLayer } from '../values/to-layer.ts';
import type { Value } from '../values/value.ts';
import type { Call } from './shell.ts';

/** The layer of a program's text: the same one if the same text is run again. */
export function programLayer(value: Value, name: string, call: Call): Layer {
  const { walk } = call.shell;
  const number = (layer: Layer): number => {
    const known = walk.layerNumbers.get(layer) ?? walk.layerNumbers.size;
    walk.layerNumbers.set(layer, known);
    return known;
  };
  const parts = value.pieces.map((piece) =>
    piece.kind === 'added' ? piece.text : `${number(piece.layer)}:${piece.from}:${piece.to}:${piece.kind}`,
  );
  const key = `${parts.join()}|${value.readOnly ?? ''}`;
  let layer = walk.layers.get(key);
  if (!layer) {
    layer = toLayer(value, labelOf(value, name), call.site);
    walk.layers.set(key, layer);
  }
  return layer;
}

/** What holds the text, for people: `heredoc EOM`, `single-quoted string`; the program's name if several things do. */
function labelOf(value: Value, name: string): string {
  const contexts = new Set<string>();
  for (const piece of value.pieces)
    if (piece.kind !== 'added') contexts.add(piece.encoding.name.replace(/^.* in /, ''));
  const [context] = contexts;
  if (contexts.size !== 1 || !context) return name;
  return context.endsWith('quoted') ? `${context} string` : context;
}
