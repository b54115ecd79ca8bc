import type { Mention, Sink, SinkFamily } from '../sink.ts';
import { console } from './console.ts';
import { debug, logger } from './logger.ts';
import { stream } from './stream.ts';

/** All families. A mention belongs to the first that recognizes it. */
const FAMILIES: readonly SinkFamily[] = [console, stream, debug, logger];

/** Every method name that some family looks out for. */
export const SINK_NAMES: readonly string[] = [...new Set(FAMILIES.flatMap(({ names }) => names))];

/** What the families say of a mention; `undefined` if it is none of theirs. */
export function recognizeSink(mention: Mention): Sink | undefined {
  for (const family of FAMILIES) {
    const sink = family.names.includes(mention.word) ? family.recognize(mention) : undefined;
    if (sink) return sink;
  }
  return undefined;
}
