import { prepareReading, readOutput, type WantedMetrics } from '@katib-push/oracle/collect';
import type { LogReading } from './analysis.ts';

/** What Katib's collector reads from a log, row by row, and what a push client sends for each. */
export function readLog(log: string, { wanted, filters }: WantedMetrics): LogReading {
  const lines = log.replace(/\n$/, '').split('\n');
  const nothing = { wanted, rows: [], lines: lines.length, unavailable: true };
  if (wanted.length === 0) return { ...nothing, problem: 'No metric is wanted: name the objective.' };
  try {
    const rows = readOutput(log, prepareReading(wanted, filters)).map(
      ({ line, name, value, pushed, notFinite }) => ({
        line,
        text: lines[line - 1] ?? '',
        name,
        pulled: value,
        pushed,
        notFinite,
      }),
    );
    return { ...nothing, rows, unavailable: rows.every(({ name }) => name !== wanted[0]) };
  } catch (error) {
    return { ...nothing, problem: error instanceof Error ? error.message : String(error) };
  }
}
