import type { Context } from '../context.ts';
import { neutralise } from '../terminal/neutralise.ts';

/** A row as it is shown: a name and a value, both text. */
export interface Row {
  readonly name: string;
  readonly value: string;
}

/** Shows a running trial: its output as it is, and its metrics on lines of their own on standard error. */
export interface LiveView {
  readonly output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
  readonly row: (row: Row) => void;
  /** Begins a new line where the output has left one open. */
  readonly end: () => void;
}

/**
 *     epoch 1: loss=0.41        what the training writes, byte by byte
 *     ▸ loss = 0.41             a row that has arrived (standard error)
 */
export function createLiveView({ io, errorColours }: Context): LiveView {
  // Only where both outputs are the same terminal can one break the other's lines.
  const shared = io.stdout.isTTY && io.stderr.isTTY;
  let open = false;
  const end = (): void => {
    if (open && shared) io.stderr.write('\n');
    open = false;
  };
  return {
    output: (stream, bytes) => {
      if (bytes.length === 0) return;
      io[stream].write(bytes);
      open = bytes.at(-1) !== 0x0a;
    },
    row: ({ name, value }) => {
      end();
      const mark = errorColours.isColorSupported ? errorColours.cyan('▸') : '▸';
      io.stderr.write(`${mark} ${errorColours.cyan(neutralise(name))} = ${neutralise(value)}\n`);
    },
    end,
  };
}
