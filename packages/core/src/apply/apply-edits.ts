import { checkEdits, type Edit, sortEdits, splice } from '../edits/edit.ts';
import { type Layer, outermostOf } from '../layers/layer.ts';
import { liftEdits } from './lift-edits.ts';

/** The edits of one layer. */
export interface LayerEdits {
  readonly layer: Layer;
  readonly edits: readonly Edit[];
}

/** The outermost strings after the edits, by JSON pointer (only those that changed), or why they can't be applied. */
export type Applied =
  | {
      readonly strings: ReadonlyMap<string, string>;
      /** The edits that lead to them, by JSON pointer, in the coordinates of the strings before. */
      readonly edits: ReadonlyMap<string, readonly Edit[]>;
    }
  | { readonly problem: string; readonly layer: Layer };

/** Carries edits outward, the innermost layers first, and splices them into the outermost strings. */
export function applyEdits(plans: readonly LayerEdits[]): Applied {
  const pending = new Map<Layer, Edit[]>();
  for (const { layer, edits } of plans) pending.set(layer, [...(pending.get(layer) ?? []), ...edits]);
  const strings = new Map<string, string>();
  const outermost = new Map<string, readonly Edit[]>();
  while (pending.size > 0) {
    const layer = deepest(pending.keys());
    const edits = sortEdits(pending.get(layer) ?? []);
    pending.delete(layer);
    const overlap = checkEdits(layer.text, edits);
    if (overlap) return { problem: overlap, layer };
    if (layer.readOnly) return { problem: layer.readOnly, layer };
    if (!layer.host) {
      const pointer = outermostOf(layer).pointer ?? '';
      strings.set(pointer, splice(layer.text, edits));
      outermost.set(pointer, edits);
      continue;
    }
    const lifted = liftEdits(layer, edits);
    if ('problem' in lifted) return { problem: lifted.problem, layer };
    pending.set(layer.host, [...(pending.get(layer.host) ?? []), ...lifted.edits]);
  }
  return { strings, edits: outermost };
}

function deepest(layers: Iterable<Layer>): Layer {
  let found: Layer | undefined;
  let depth = -1;
  for (const layer of layers) {
    let own = 0;
    for (let at = layer.host; at; at = at.host) own++;
    if (own > depth) [found, depth] = [layer, own];
  }
  return found as Layer;
}
