import { type Layer, outermostOf } from './layer.ts';
import { stretchesOf } from './range.ts';

/** The host range that a range of the layer stands for, outward to the outermost text. */
export function outermostRange(
  layer: Layer,
  from: number,
  to: number,
): { readonly from: number; readonly to: number } {
  let range = { from, to };
  for (let at: Layer = layer; at.host; at = at.host)
    range = { from: hostPosition(at, range.from, 'from'), to: hostPosition(at, range.to, 'to') };
  return range;
}

function hostPosition(layer: Layer, position: number, side: 'from' | 'to'): number {
  const found = layer.segments.find((segment) =>
    side === 'from'
      ? position < segment.to
      : position <= segment.to && (position > segment.from || segment.from === 0),
  );
  const segment = found ?? layer.segments.at(-1);
  if (!segment) return 0;
  const offset = position - segment.from;
  if (segment.kind === 'verbatim')
    return segment.hostFrom + Math.max(0, Math.min(offset, segment.to - segment.from));
  return side === 'from' ? segment.hostFrom : segment.hostTo;
}

/**
 * A layer's text as people wrote it: what stands for `${trialParameters.lr}` or `$HOME` reads as that again. Positions
 * stay, since a stand-in has the length of what it stands for.
 */
export function originalText(layer: Layer): string {
  const outermost = outermostOf(layer).text;
  return stretchesOf({ from: 0, to: layer.text.length }, layer.opaque)
    .map(({ from, to, isOpaque }) => {
      const place = isOpaque ? outermostRange(layer, from, to) : undefined;
      const written = place && outermost.slice(place.from, place.to);
      return written?.length === to - from ? written : layer.text.slice(from, to);
    })
    .join('');
}
