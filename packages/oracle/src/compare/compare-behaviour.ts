import { constants } from 'node:os';
import { describeEnd, type Stream, type TrialRun } from '../trial/trial-run.ts';
import { compareOutput, findNewLine } from './compare-output.ts';
import type { Difference, Mask } from './difference.ts';
import type { MovedLines } from './mask-line-numbers.ts';

/** How two runs look from outside. */
export interface Behaviour {
  readonly differences: readonly Difference[];
  readonly masks: readonly Mask[];
}

/** Both outputs of a process. */
export const STREAMS: readonly Stream[] = ['stdout', 'stderr'];

/**
 * Compares two runs from outside: both streams, masked, and the end of the process.
 *
 * @param moved scripts whose line numbers have moved in the rewritten run
 */
export function compareBehaviour(
  original: TrialRun,
  rewritten: TrialRun,
  moved: readonly MovedLines[] = [],
): Behaviour {
  const outputs = STREAMS.map((stream) => compareOutput(stream, original, rewritten, moved));
  return {
    differences: [
      ...outputs.flatMap(({ difference }) => (difference ? [difference] : [])),
      ...compareEnds(original, rewritten),
    ],
    masks: [...new Set(outputs.flatMap(({ masks }) => masks))],
  };
}

/** The same where what is pushed is no longer printed: the rewritten run may leave lines out, and add none. */
export function compareDropped(original: TrialRun, rewritten: TrialRun): Behaviour {
  const added = STREAMS.flatMap((stream) => findNewLine(stream, original, rewritten) ?? []);
  return { differences: [...added, ...compareEnds(original, rewritten)], masks: [] };
}

function compareEnds(original: TrialRun, rewritten: TrialRun): readonly Difference[] {
  if (rewritten.timedOut || original.timedOut) {
    const which = rewritten.timedOut ? 'rewritten' : 'original';
    const message = `the ${which} run ${describeEnd(rewritten.timedOut ? rewritten : original)}: nothing is known of its end`;
    return [{ where: 'run', message }];
  }
  if (containerCode(original) === containerCode(rewritten)) return [];
  const message = `the original ends with ${describeEnd(original)}, the rewritten one with ${describeEnd(rewritten)}`;
  return [{ where: 'exit', message }];
}

/** What a container's exit code adds to a signal's number. */
const KILLED = 128;

/** The exit code that a container has: of a process 1 that a signal ended, 128 and the signal's number. */
function containerCode({ exitCode, signal }: TrialRun): number | undefined {
  return signal === undefined ? exitCode : KILLED + constants.signals[signal as NodeJS.Signals];
}
