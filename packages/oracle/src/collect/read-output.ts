import { type LineRow, readLine } from './read-line.ts';
import type { Reading } from './reading.ts';

/** A row with the place where it was read. */
export interface ReadRow extends LineRow {
  /** 1-based number of the line in its stream; lines end at `\n` only. */
  readonly line: number;
}

/** The rows of a whole output, in order, without the rule for an objective that never appears. */
export function readOutput(output: string | Uint8Array, reading: Reading): readonly ReadRow[] {
  return decodeOutput(output)
    .split('\n')
    .flatMap((line, index) => readLine(line, reading).map((row) => ({ ...row, line: index + 1 })));
}

/** Bytes as text: UTF-8, a byte order mark kept, U+FFFD for what is none. */
export function decodeOutput(output: string | Uint8Array): string {
  return typeof output === 'string' ? output : new TextDecoder('utf-8', { ignoreBOM: true }).decode(output);
}
