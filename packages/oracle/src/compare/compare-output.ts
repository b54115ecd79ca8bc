import { isUtf8 } from 'node:buffer';
import type { RunName } from '../trial/trial-folder.ts';
import type { Stream, TrialRun } from '../trial/trial-run.ts';
import { type Difference, type Mask, quoteApart } from './difference.ts';
import { areMoved, type MovedLines } from './mask-line-numbers.ts';
import { compareProgress, maskProgress } from './mask-progress.ts';
import { isRewriteOf, unwrapSource } from './unwrap-source.ts';

/** What comparing two outputs found: nothing, or the first line that differs. */
export interface OutputComparison {
  readonly difference?: Difference;
  /** The masks without which the outputs would differ. */
  readonly masks: readonly Mask[];
}

/**
 * Compares one stream of two runs, byte by byte but for the masks.
 *
 * @param moved scripts whose line numbers have moved
 */
export function compareOutput(
  stream: Stream,
  original: TrialRun,
  rewritten: TrialRun,
  moved: readonly MovedLines[] = [],
): OutputComparison {
  if (Buffer.compare(original[stream], rewritten[stream]) === 0) return { masks: [] };
  const raw = textsOf(stream, original, rewritten);
  const [before, after] = [standIn(raw[0], original.names), standIn(raw[1], rewritten.names)];
  const walk = walkLines(before.split('\n'), after.split('\n'), moved);
  const masks: readonly Mask[] = raw[0] === before && raw[1] === after ? [] : ['run-names'];
  if (!walk.at) return { masks: [...masks, ...walk.masks] };
  const [line, expected, found] = walk.at;
  const { column, one, other } = quoteApart(expected, found);
  const place = `${stream} line ${line}${column > 1 ? `, from character ${column}` : ''}`;
  const message = `${place}: the original writes ${one}, the rewritten one ${other}`;
  return { difference: { where: stream, message }, masks: [...masks, ...walk.masks] };
}

/** The first line of the rewritten run that is not, in this order, a line of the original. */
export function findNewLine(stream: Stream, original: TrialRun, rewritten: TrialRun): Difference | undefined {
  const [before, after] = textsOf(stream, original, rewritten);
  const lines = standIn(before, original.names).split('\n').map(maskProgress);
  let next = 0;
  for (const [index, line] of standIn(after, rewritten.names).split('\n').entries()) {
    const at = lines.indexOf(maskProgress(line), next);
    if (at < 0) {
      const message = `${stream} line ${index + 1}: the rewritten run writes ${quoteApart(line, undefined).one}, the original does not`;
      return { where: stream, message };
    }
    next = at + 1;
  }
  return undefined;
}

/** Both outputs as text: UTF-8 if both are, else one character per byte. */
function textsOf(stream: Stream, original: TrialRun, rewritten: TrialRun): readonly [string, string] {
  const encoding = isUtf8(original[stream]) && isUtf8(rewritten[stream]) ? 'utf8' : 'latin1';
  const text = (run: TrialRun) => Buffer.from(run[stream]).toString(encoding);
  return [text(original), text(rewritten)];
}

interface Walk {
  readonly masks: ReadonlySet<Mask>;
  /** 1-based line of the original and both texts, where the outputs part. */
  readonly at?: readonly [number, string | undefined, string | undefined];
}

/**
 * Walks through both outputs at once. A traceback quotes source under its `File` line, and draws carets under that:
 *
 *     File "train.py", line 9, in train            File "train.py", line 9, in train
 *       print(f"loss={loss:.4f}")                    _katib_push(print)(f"loss={loss:.4f}")
 *                     ^^^^                                                      ^^^^
 *
 * Node names the place, and quotes the line as it stands:
 *
 *     /work/train.js:9                             /work/train.js:9
 *     console.log(x); throw new Error("b")         _katib_push(console).log(x); throw new Error("b")
 *                     ^                                                         ^
 *         at train (/work/train.js:9:17)               at train (/work/train.js:9:30)
 *
 * A quoted line may differ by the client's name alone, and only below such a line may carets differ or be missing
 * (Python leaves them out where they would mark the whole line), and columns in it that have the same text behind them.
 */
function walkLines(before: readonly string[], after: readonly string[], moved: readonly MovedLines[]): Walk {
  const masks = new Set<Mask>();
  let quoting = false; // below a File line
  let unwrapped = false; // below a quoted line that was rewritten
  let quoted: Quoted | undefined; // the last line that Node has quoted, where it was rewritten
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const now = after[j];
    if (unwrapped && old !== now && (isCarets(old) || isCarets(now))) {
      if (isCarets(old)) i++;
      if (isCarets(now)) j++;
      continue;
    }
    if (old === undefined || now === undefined) return { masks, at: [i + 1, old, now] };
    if (old !== now) {
      const last = before[i - 1] ?? '';
      const place =
        i > 0 && (last === after[j - 1] || areMoved(last, after[j - 1] ?? '', moved))
          ? placeOf(after[j - 1])
          : undefined;
      if (((quoting && isIndented(now)) || place !== undefined) && isRewriteOf(now, old)) {
        masks.add('quoted-source');
        unwrapped = true;
        if (place !== undefined) quoted = { place, old, now };
      } else if (quoted && withColumns(quoted, old, now)) masks.add('quoted-source');
      else if (areMoved(old, now, moved)) masks.add('line-numbers');
      else {
        const progress = compareProgress(old, now);
        if (!progress) return { masks, at: [i + 1, old, now] };
        masks.add(progress);
      }
    }
    if (quotesSource(now)) {
      quoting = true;
      unwrapped = false;
    } else if (!isIndented(now) && !(unwrapped && placeOf(after[j - 1]) !== undefined)) {
      quoting = false;
      unwrapped = false;
    }
    i++;
    j++;
  }
  return { masks };
}

/** A line of source as Node quotes it below its place, of both runs. */
interface Quoted {
  readonly place: string;
  readonly old: string;
  readonly now: string;
}

/** `/work/train.js:9` of a line that ends with it: the next one is source. */
function placeOf(line: string | undefined): string | undefined {
  return line === undefined ? undefined : /^(?:\[\w+\]:)?(?:.* )?(\S+:\d+)$/.exec(line)?.[1];
}

/** Whether two lines name places of the quoted line that are the same but for what was inserted in front of them. */
function withColumns({ place, old: source, now: rewritten }: Quoted, old: string, now: string): boolean {
  const columns = (line: string) => {
    const at = line.indexOf(`${place}:`);
    const column = at < 0 ? undefined : /^\d+/.exec(line.slice(at + place.length + 1))?.[0];
    return column === undefined
      ? undefined
      : { column: Number(column), rest: line.replace(`${place}:${column}`, place) };
  };
  const [before, after] = [columns(old), columns(now)];
  return (
    before !== undefined &&
    before.rest === after?.rest &&
    unwrapSource(rewritten.slice(after.column - 1)) === source.slice(before.column - 1)
  );
}

/** `  File "train.py", line 9, in train` of a traceback, `train.py:9: UserWarning: text` of a warning. */
function quotesSource(line: string): boolean {
  return /^(?:\[\w+\]:)?[\s|+-]*File ".*", line \d+/.test(line) || /^\S.*:\d+: \w*Warning: /.test(line);
}

function isIndented(line: string): boolean {
  return /^(\[\w+\]:)?\s/.test(line);
}

function isCarets(line: string | undefined): boolean {
  return line !== undefined && /^(?:\[\w+\]:)?[\s|]*[~^]+\s*$/.test(line);
}

function standIn(text: string, names: readonly RunName[]): string {
  return names.reduce((result, name) => result.replaceAll(name.text, name.standIn), text);
}
