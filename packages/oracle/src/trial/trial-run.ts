import type { RunName } from './trial-folder.ts';

/** Which of the two outputs of a process. */
export type Stream = 'stdout' | 'stderr';

/** One run of a container's command, as it was seen from outside. */
export interface TrialRun {
  /** The words it was started with. */
  readonly command: readonly string[];
  /** Absent if a signal ended it. */
  readonly exitCode?: number;
  /** The signal that ended it; absent if it left by itself. */
  readonly signal?: string;
  /** Whether it was ended because its time was over. */
  readonly timedOut: boolean;
  /** From the start to the end, in seconds. */
  readonly seconds: number;
  readonly stdout: Uint8Array;
  /** Empty where both streams were joined. */
  readonly stderr: Uint8Array;
  /** Names in the output that are new in every run. */
  readonly names: readonly RunName[];
  /** Whether the trial asks that NaN and infinities be pushed (`KATIB_PUSH_NON_FINITE`). Default false. */
  readonly pushesNotFinite?: boolean;
  /** Variables of the container that are known only in a cluster, and so were not set. */
  readonly absentVariables: readonly string[];
}

/** How a run ended, for people: `exit code 1`, `signal SIGKILL`, `timed out after 3 s`. */
export function describeEnd(run: Pick<TrialRun, 'exitCode' | 'signal' | 'timedOut' | 'seconds'>): string {
  if (run.timedOut) return `timed out after ${run.seconds.toFixed(1)} s`;
  return run.signal === undefined ? `exit code ${run.exitCode}` : `signal ${run.signal}`;
}

/** Whether Katib would count the run as a success. */
export function succeeded(run: Pick<TrialRun, 'exitCode' | 'timedOut'>): boolean {
  return run.exitCode === 0 && !run.timedOut;
}
