import type { Observation, TrialRun } from '../src/index.ts';

/** A finished run with the given output. */
export function runOf(
  parts: Omit<Partial<TrialRun>, 'stdout' | 'stderr'> & { stdout?: string; stderr?: string },
): TrialRun {
  const { stdout = '', stderr = '', ...rest } = parts;
  const end = rest.signal === undefined && !('exitCode' in rest) ? { exitCode: 0 } : {};
  return {
    command: ['train'],
    ...end,
    timedOut: false,
    seconds: 1,
    names: [],
    absentVariables: [],
    ...rest,
    stdout: Buffer.from(stdout),
    stderr: Buffer.from(stderr),
  };
}

/** Pushed rows from `name=value`, one microsecond apart. */
export function pushedOf(...rows: readonly string[]): readonly Observation[] {
  return rows.map((row, index) => {
    const [name = '', value = ''] = row.split('=');
    return { name, value, time: `2026-06-22T20:07:21.${String(index + 1).padStart(6, '0')}Z` };
  });
}
