import type { Edit } from '../edits/edit.ts';
import { countWhile } from '../layers/count-while.ts';
import type { Layer, Segment } from '../layers/layer.ts';

/** Edits of a layer, carried into the coordinates of its host, or why that can't be done. */
export type Lifted = { readonly edits: readonly Edit[] } | { readonly problem: string };

/**
 * Carries edits one layer outward: positions through the range map, inserted text through the encoding that holds
 * at each place.
 *
 *     inner   print("a")          insert `_katib_push(` at 0
 *     host    'print("a")'        the same, encoded for single quotes, at 1
 *              ^
 */
export function liftEdits(layer: Layer, edits: readonly Edit[]): Lifted {
  const lifted: Edit[] = [];
  for (const edit of edits) {
    const place = placeOf(layer, edit);
    if (typeof place === 'string') return { problem: place };
    const insert = place.segment.encoding.encode(edit.insert);
    if (insert === undefined)
      return { problem: `the inserted text can't be written there (${place.segment.encoding.name})` };
    lifted.push({ ...edit, from: place.from, to: place.to, insert });
  }
  return { edits: lifted };
}

/** Where an edit lands in the host. An insertion between two stretches goes in front of the second. */
function placeOf(layer: Layer, edit: Edit): { from: number; to: number; segment: Segment } | string {
  const { segments } = layer;
  const segment = segments[countWhile(segments, ({ from }) => from <= edit.from) - 1];
  if (!segment) return 'the text is empty';
  const offset = edit.from - segment.from;
  if (edit.from === edit.to) {
    if (offset === 0) return { from: segment.hostFrom, to: segment.hostFrom, segment };
    if (edit.from === segment.to) return { from: segment.hostTo, to: segment.hostTo, segment };
  }
  if (segment.kind !== 'verbatim' || edit.to > segment.to)
    return segment.kind === 'opaque'
      ? 'the place is filled in only at run time'
      : 'the place is written with an escape';
  return { from: segment.hostFrom + offset, to: segment.hostFrom + offset + (edit.to - edit.from), segment };
}
