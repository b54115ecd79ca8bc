import { existsSync, readFileSync, statSync } from 'node:fs';

/** What a spill file holds. */
export interface Spill {
  /** `name=value`, in the order of their times, which need not be the file's. */
  readonly rows: readonly string[];
  readonly times: readonly string[];
  /** Permissions, as in `0o600`. */
  readonly mode: number;
}

/** Reads a spill file, each line a row of the documented shape and nothing else; absent where there is no file. */
export function readSpill(path: string): Spill | undefined {
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.pop() !== '') throw new Error(`${path} ends within a line`);
  const rows = lines.map((line) => {
    const row = JSON.parse(line);
    const { trial_name, time_stamp, metric } = row;
    const shape = { trial_name, time_stamp, metric: { name: metric?.name, value: metric?.value } };
    const texts = [trial_name, time_stamp, metric?.name, metric?.value];
    if (JSON.stringify(row) !== JSON.stringify(shape) || texts.some((text) => typeof text !== 'string'))
      throw new Error(`${path} holds what is no row: ${line}`);
    if (trial_name !== 'conformance') throw new Error(`${path} holds another trial: ${line}`);
    return { time: time_stamp as string, text: `${metric.name}=${metric.value}` };
  });
  rows.sort((a, b) => (a.time < b.time ? -1 : 1));
  return {
    rows: rows.map(({ text }) => text),
    times: rows.map(({ time }) => time),
    mode: statSync(path).mode & 0o777,
  };
}
