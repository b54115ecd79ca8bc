/**
 * A line of output with the times of its progress bars replaced by `#`: elapsed time, time left and rate of tqdm
 * (`[00:01<00:02, 7.35it/s, loss=0.5]`; its postfix stays), and the bar for which they leave room, and those of Keras, rich and others that draw a bar
 * (`ETA: 3s`, `0s 12ms/step`, `50% 0:00:01`). Lines without a bar come back as they are.
 */
export function maskProgress(line: string): string {
  return line
    .split('\r')
    .map((piece) => maskBar(maskTqdm(piece)))
    .join('\r');
}

/**
 * Whether two lines show the same progress. A bar draws over itself (`\r`), clears what was longer with blanks or
 * backspaces, and chooses by the clock when to draw: how often it did, and how wide it was then, is not compared.
 *
 * - `progress-time`: the same frames, but for times and padding.
 * - `progress-frames`: the same last frame of each bar; those before it differ.
 */
export function compareProgress(
  before: string,
  after: string,
): 'progress-time' | 'progress-frames' | undefined {
  const [old, now] = [framesOf(before), framesOf(after)];
  if (![old, now].every((frames) => frames.some(({ bar }) => bar))) return undefined;
  if (sameFrames(old, now)) return 'progress-time';
  if (!before.includes('\r') && !after.includes('\r')) return undefined;
  return sameFrames(withoutPassing(old), withoutPassing(now)) ? 'progress-frames' : undefined;
}

/** What is drawn between two carriage returns. */
interface Frame {
  readonly text: string;
  /** Whether it is a bar. */
  readonly bar: boolean;
  /** Whether it only clears what was drawn. */
  readonly clears: boolean;
}

function framesOf(line: string): readonly Frame[] {
  const pieces = line.split('\r');
  return pieces.flatMap((piece): readonly Frame[] => {
    const drawn = pieces.length === 1 ? piece : piece.replace(/[\b]+/g, '').trimEnd();
    if (pieces.length > 1 && drawn === '')
      return piece === '' ? [] : [{ text: '', bar: false, clears: true }];
    const text = maskProgress(drawn);
    return [{ text, bar: text !== drawn || isBar(drawn), clears: false }];
  });
}

/** Leaves out frames that others are drawn over: all but the last of a bar, and that too where it is cleared. */
function withoutPassing(frames: readonly Frame[]): readonly Frame[] {
  return frames.filter(({ bar, clears }, index) => {
    const next = frames[index + 1];
    return !clears && !(bar && (next?.bar || next?.clears));
  });
}

function sameFrames(before: readonly Frame[], after: readonly Frame[]): boolean {
  const [old, now] = [before, after].map((frames) => frames.filter(({ clears }) => !clears));
  return old?.length === now?.length && (old ?? []).every(({ text }, index) => text === now?.[index]?.text);
}

const CLOCK = String.raw`(?:(?:\d+ days?, )?(?:\d+:)?\d\d:\d\d|\?)`;
const RATE = String.raw`\s*(?:\d+(?:\.\d+)?[kMGT]?|\?)\s?[^\s\],=]*\/[^\s\],]+`;
const TQDM = new RegExp(String.raw`\[${CLOCK}(?:<${CLOCK}(?:,${RATE})?|,${RATE})(?=[,\]])`, 'g');

/** As wide as the rest of a line leaves room: `|███▎      |`. */
const TQDM_BAR = /(?<=%\|)[█▏▎▍▌▋▊▉#\d ]*(?=\| \d)/;

function maskTqdm(piece: string): string {
  const masked = piece.replace(TQDM, '[#');
  return masked === piece ? piece : masked.replace(TQDM_BAR, '#');
}

/** Behind a colour (`ESC [1m`) too. */
const START = String.raw`(?<=^|[^\w.]|\x1b\[\d+m)`;
const CLOCKS = new RegExp(String.raw`${START}-?(?:\d+|-)(?::(?:\d\d|--))+(?![\w.])`, 'g');
const SPANS = new RegExp(
  String.raw`${START}\d+(?:\.\d+)?(?:ms|us|ns|s|m|h)(?:\/(?:step|epoch|sample))?(?![\w.])`,
  'g',
);
const RATES = new RegExp(
  String.raw`${START}(?:\d+(?:\.\d+)?|\?)\s?(?:[kKMGT]?i?B|it|steps?|batch(?:es)?|samples?|ex)?\/s(?!\w)`,
  'g',
);

function isBar(piece: string): boolean {
  return (
    /\d+\/(?:\d+|Unknown)\b|\d+(?:\.\d+)?%/.test(piece) &&
    /━|╸|\[[=>.#-]{5,}[=>.#\s-]*\]|\|[█▏▎▍▌▋▊▉#>-][█▏▎▍▌▋▊▉#> -]{4,}\||\d%\|/.test(piece)
  );
}

function maskBar(piece: string): string {
  if (!isBar(piece)) return piece;
  return piece
    .replace(/\bETA:?\s+\d+(?::\d+)*s?/g, '#')
    .replace(CLOCKS, '#')
    .replace(RATES, '#')
    .replace(SPANS, '#');
}
