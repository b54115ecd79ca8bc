import { decodeOutput } from '../collect/read-output.ts';
import { describeEnd, succeeded, type TrialRun } from '../trial/trial-run.ts';

/**
 * What a reader of a verdict has to know, one sentence each: that parts were not compared, that the run failed (with
 * the command that a shell missed, which here often only means that it is not installed), that there was nothing to
 * push.
 */
export function noteOn(
  original: TrialRun,
  rows: { readonly expected: number; readonly pushed: number },
  unstable: ReadonlySet<string>,
  { held, file }: { readonly held?: number | undefined; readonly file?: string | undefined },
): readonly string[] {
  const missed = original.exitCode === 127 ? missedCommand(original) : undefined;
  const why = missed === undefined ? '' : `: ${missed} is not installed here`;
  return [
    ...(unstable.size > 0
      ? [`not deterministic (${[...unstable].join(', ')}): compared the rewritten run with its own output`]
      : []),
    ...(succeeded(original) ? [] : [`the original ended with ${describeEnd(original)}${why}`]),
    ...(held === undefined
      ? []
      : [`${held} ${held === 1 ? 'row is' : 'rows are'} held back, as the annotation deliver asks`]),
    ...(file === undefined
      ? []
      : [`rows are not compared: the metrics collector File reads ${file}, not the output`]),
    ...(rows.expected === 0 && rows.pushed === 0 && held === undefined && file === undefined
      ? ['no wanted metric was printed, so nothing was to be pushed']
      : []),
  ];
}

/** `bash: line 1: torchrun: command not found`, `sh: 1: torchrun: not found`. */
function missedCommand(run: TrialRun): string | undefined {
  return /^.*?: (?:line )?\d+: (\S+): (?:command )?not found$/m.exec(decodeOutput(run.stderr))?.[1];
}

/** What the shim says at the end where it found no value of the objective; rows that are missing are counted elsewhere. */
const NOT_FOUND = /katib-push: no value of the objective [^\n]* was found[^\n]*\n/g;
const NOTE = /katib-push: (\d+) values are not pushed: no finite numbers \(first: (.*?)\)\r?\n/g;

const HELD =
  /katib-push: (\d+) observations are not pushed: the command (?:failed|reported its metrics itself)\r?\n/g;

/** A run without the lines in which a client says how much it did not push, and that it found no objective. */
export interface NotedRun {
  readonly run: TrialRun;
  /** How many values the lines name in all. */
  readonly skipped: number;
  /** How many rows the shim held back to the end, and then for good; absent where it says nothing of it. */
  readonly held?: number;
}

/** Takes these lines, and nothing else of the client's, off both streams: stderr may have been sent to stdout. */
export function takeNotes(run: TrialRun): NotedRun {
  let skipped = 0;
  let held: number | undefined;
  const without = (bytes: Uint8Array): Uint8Array => {
    const text = Buffer.from(bytes).toString('latin1');
    const rest = text
      .replace(NOT_FOUND, '')
      .replaceAll(NOTE, (_, count: string) => {
        skipped += Number(count);
        return '';
      })
      .replaceAll(HELD, (_, count: string) => {
        held = Number(count);
        return '';
      });
    return rest.length === text.length ? bytes : Buffer.from(rest, 'latin1');
  };
  const taken = { ...run, stdout: without(run.stdout), stderr: without(run.stderr) };
  return { run: taken, skipped, ...(held === undefined ? {} : { held }) };
}
