import { type Layer, outermostOf } from './layer.ts';
import { outermostRange } from './outermost-range.ts';

/**
 * A layer's text as people wrote it: what stands for `${trialParameters.lr}` or `$HOME` reads as that again. Positions
 * stay, since a stand-in has the length of what it stands for.
 */
export function originalText(layer: Layer): string {
  const outermost = outermostOf(layer).text;
  let text = '';
  let at = 0;
  for (const { from, to } of layer.opaque) {
    const place = outermostRange(layer, from, to);
    const written = outermost.slice(place.from, place.to);
    text +=
      layer.text.slice(at, from) + (written.length === to - from ? written : layer.text.slice(from, to));
    at = to;
  }
  return text + layer.text.slice(at);
}
