/**
 * A line of output with the times of its progress bars replaced by `#`: elapsed time, time left and rate of tqdm
 * (`[00:01<00:02, 7.35it/s, loss=0.5]`; its postfix stays), and those of Keras (`ETA: 3s`, `0s 12ms/step`).
 * Lines without a bar come back as they are.
 */
export function maskProgress(line: string): string {
  return line
    .split('\r')
    .map((piece) => maskKeras(maskTqdm(piece)))
    .join('\r');
}

const CLOCK = String.raw`(?:(?:\d+ days?, )?(?:\d+:)?\d\d:\d\d|\?)`;
const RATE = String.raw`\s*(?:\d+(?:\.\d+)?[kMGT]?|\?)\s?[^\s\],=]*\/[^\s\],]+`;
const TQDM = new RegExp(String.raw`\[${CLOCK}(?:<${CLOCK}(?:,${RATE})?|,${RATE})(?=[,\]])`, 'g');

function maskTqdm(piece: string): string {
  return piece.replace(TQDM, '[#');
}

/** Behind a colour (`ESC [1m`) too. */
const START = String.raw`(?<=^|[^\w.]|\x1b\[\d+m)`;
const CLOCKS = new RegExp(String.raw`${START}\d+(?::\d\d)+(?![\w.])`, 'g');
const SPANS = new RegExp(
  String.raw`${START}\d+(?:\.\d+)?(?:ms|us|ns|s|m|h)(?:\/(?:step|epoch|sample))?(?![\w.])`,
  'g',
);

function maskKeras(piece: string): string {
  if (!/\d+\/(?:\d+|Unknown)\b/.test(piece) || !/━|\[[=>.]{5,}\]/.test(piece)) return piece;
  return piece
    .replace(/\bETA: \d+(?::\d+)*s?/g, '#')
    .replace(CLOCKS, '#')
    .replace(SPANS, '#');
}
