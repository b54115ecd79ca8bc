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
): readonly string[] {
  const missed = original.exitCode === 127 ? missedCommand(original) : undefined;
  const why = missed === undefined ? '' : `: ${missed} is not installed here`;
  return [
    ...(unstable.size > 0
      ? [`not deterministic (${[...unstable].join(', ')}): compared the rewritten run with its own output`]
      : []),
    ...(succeeded(original) ? [] : [`the original ended with ${describeEnd(original)}${why}`]),
    ...(rows.expected === 0 && rows.pushed === 0
      ? ['no wanted metric was printed, so nothing was to be pushed']
      : []),
  ];
}

/** `bash: line 1: torchrun: command not found`, `sh: 1: torchrun: not found`. */
function missedCommand(run: TrialRun): string | undefined {
  return /^.*?: (?:line )?\d+: (\S+): (?:command )?not found$/m.exec(decodeOutput(run.stderr))?.[1];
}
