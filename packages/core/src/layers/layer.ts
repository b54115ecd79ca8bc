import { countWhile } from './count-while.ts';
import { overlaps, type Range } from './range.ts';
import { standInFor } from './stand-in.ts';

/**
 * One stretch of a range map.
 *
 * - `verbatim`: inner and host text are the same, position by position.
 * - `escaped`: the whole inner stretch stands for the whole host stretch (`"` for `\"`); nothing maps inside it.
 * - `opaque`: the host text is known only later (`${trialParameters.lr}`, `$HOME`, `$(date)`); the inner text is a
 *   stand-in of the same length, and no edit touches it.
 */
export interface Segment {
  readonly kind: 'verbatim' | 'escaped' | 'opaque';
  /** Inner range, in the layer's own text. */
  readonly from: number;
  readonly to: number;
  /** Host range, in the text of the layer's host. */
  readonly hostFrom: number;
  readonly hostTo: number;
  /** How inserted text is written at any position of this stretch, both ends included. */
  readonly encoding: Encoding;
}

/**
 * A text in one language, with the map of its positions to the text that holds it.
 *
 * Segments are contiguous in the layer (together they cover it) and ascending in the host. Host text between two
 * segments is syntax that the inner text doesn't see: quotes between concatenated words, tabs stripped by `<<-`.
 */
export interface Layer {
  /** The layer whose text holds this one; absent for the outermost. */
  readonly host?: Layer;
  /** What the layer is within its host, for people: `arg 1`, `heredoc EOM`, `single-quoted string`. */
  readonly label: string;
  /** The decoded text, stand-ins in place of what is opaque. */
  readonly text: string;
  readonly segments: readonly Segment[];
  /** The opaque ranges of `text`, those inherited from the hosts included; ascending, in this layer's coordinates. */
  readonly opaque: readonly Range[];
  /** Why nothing may be edited in this layer; absent where edits are allowed. */
  readonly readOnly?: string;
  /** Of an outermost layer: the JSON pointer (RFC 6901) of its string in the document, or a file's name. */
  readonly pointer?: string;
}

/** The outermost layer: the string as it stands in the document. */
export function outermostLayer(text: string, label: string, pointer: string): Layer {
  return { text, label, pointer, segments: [], opaque: [] };
}

/** Collects the stretches of a new layer, in order, and derives its text and opaque ranges. */
export interface LayerBuilder {
  /** Host text taken as it is. What is opaque in the host stays opaque. */
  verbatim(hostFrom: number, hostTo: number, encoding: Encoding): LayerBuilder;
  /** Host text that stands for `text`. If any of it is opaque in the host, the stretch becomes opaque. */
  escaped(hostFrom: number, hostTo: number, text: string, encoding: Encoding): LayerBuilder;
  /** Host text whose value is known only later. `standIn` defaults to a stand-in that keeps the text parseable. */
  opaque(hostFrom: number, hostTo: number, encoding: Encoding, standIn?: string): LayerBuilder;
  /** The finished layer. `readOnly` says why it can't be edited. */
  build(label: string, readOnly?: string): Layer;
}

/** Starts a layer within `host`. Stretches are added from left to right; host positions never go back. */
export function layerWithin(host: Layer): LayerBuilder {
  const segments: Segment[] = [];
  const opaque: Range[] = [];
  const texts: string[] = [];
  let length = 0;
  let tail = '';

  function push(
    kind: Segment['kind'],
    hostFrom: number,
    hostTo: number,
    text: string,
    encoding: Encoding,
  ): void {
    if (text.length === 0) return;
    const last = segments.at(-1);
    if (last && hostFrom < last.hostTo)
      throw new RangeError(`layer segments must ascend in the host: ${hostFrom} comes after ${last.hostTo}`);
    const from = length;
    length += text.length;
    tail = (tail + text).slice(-8);
    texts.push(text);
    if (kind === 'opaque') opaque.push({ from, to: length });
    const joins =
      kind === 'verbatim' && last?.kind === kind && last.hostTo === hostFrom && last.encoding === encoding;
    if (joins) segments[segments.length - 1] = { ...last, to: length, hostTo };
    else segments.push({ kind, from, to: length, hostFrom, hostTo, encoding });
  }

  const builder: LayerBuilder = {
    verbatim(hostFrom, hostTo, encoding) {
      let at = hostFrom;
      for (const hole of opaqueWithin(host, hostFrom, hostTo)) {
        const from = Math.max(hole.from, hostFrom);
        const to = Math.min(hole.to, hostTo);
        push('verbatim', at, from, host.text.slice(at, from), encoding);
        push('opaque', from, to, host.text.slice(from, to), encoding);
        at = to;
      }
      push('verbatim', at, hostTo, host.text.slice(at, hostTo), encoding);
      return builder;
    },
    escaped(hostFrom, hostTo, text, encoding) {
      const masked = host.opaque.some((range) => overlaps(range, { from: hostFrom, to: hostTo }));
      push(masked ? 'opaque' : 'escaped', hostFrom, hostTo, text, encoding);
      return builder;
    },
    opaque(hostFrom, hostTo, encoding, standIn) {
      push('opaque', hostFrom, hostTo, standIn ?? standInFor(tail, hostTo - hostFrom), encoding);
      return builder;
    },
    build(label, readOnly) {
      const reason = readOnly ?? host.readOnly;
      return { host, label, text: texts.join(''), segments, opaque, ...(reason ? { readOnly: reason } : {}) };
    },
  };
  return builder;
}

/** The opaque ranges of `host` that touch `[from, to)`. Binary search: a long heredoc may hold many. */
function opaqueWithin(host: Layer, from: number, to: number): readonly Range[] {
  if (host.opaque.length === 0) return host.opaque;
  const found: Range[] = [];
  for (let i = countWhile(host.opaque, (range) => range.to <= from); i < host.opaque.length; i++) {
    const range = host.opaque[i] as Range;
    if (range.from >= to) break;
    found.push(range);
  }
  return found;
}

/** The layers from the outermost to `layer` itself. */
export function layerPath(layer: Layer): readonly Layer[] {
  const path: Layer[] = [];
  for (let at: Layer | undefined = layer; at; at = at.host) path.unshift(at);
  return path;
}

/** The outermost layer that holds `layer`: the one whose text is a string of the document. */
export function outermostOf(layer: Layer): Layer {
  let at = layer;
  while (at.host) at = at.host;
  return at;
}

/**
 * How text has to be written in a host so that the host hands it on unchanged:
 * one object per quoting context (double quotes, unquoted heredoc, …).
 */
export interface Encoding {
  /** The context's name, for reports and tests, e.g. `double-quoted`. */
  readonly name: string;
  /** The host text that decodes to `text`; `undefined` where the context can't express it. */
  encode(text: string): string | undefined;
}

/** The encoding of a context that takes every text as it is. */
export const identity: Encoding = { name: 'identity', encode: (text) => text };
