import { existsSync, readFileSync } from 'node:fs';

/** The one line by which a client says what did not arrive. */
export interface Said {
  readonly count: number;
  readonly address: string;
  readonly reason: string;
  readonly spilled: number;
  readonly file: string | undefined;
  readonly lost: number;
}

const LINE =
  /^katib-push: (\d+) observations? did not reach (\S+) \((.*)\): (?:(\d+) (?:is|are) in (\S+) \(katib-push replay \S+\))?(?:, )?(?:(\d+) (?:is|are) lost)?$/gm;

/** Reads the client's line out of a stderr; undefined where there is none. Throws where there are several. */
export function readSaid(stderr: string): Said | undefined {
  const found = [...stderr.matchAll(LINE)];
  if (found.length > 1) throw new Error(`the client said it ${found.length} times:\n${stderr}`);
  const [, count, address = '', reason = '', spilled, file, lost] = found[0] ?? [];
  if (count === undefined) return undefined;
  return {
    count: Number(count),
    address,
    reason,
    spilled: Number(spilled ?? 0),
    file,
    lost: Number(lost ?? 0),
  };
}

/** Rows of a spill file, `name=value`; those of torn lines are left out. An absent file has none. */
export function readSpill(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.slice(0, -1).flatMap((line) => {
    try {
      const row = JSON.parse(line);
      const time = Date.parse(row.time_stamp);
      if (typeof row.trial_name !== 'string' || Number.isNaN(time)) return [];
      return [`${row.metric.name}=${row.metric.value}`];
    } catch {
      return [];
    }
  });
}

/** What became of the rows that a program printed. */
export interface Account {
  readonly printed: number;
  /** Printed rows that the server holds, each counted once. */
  readonly delivered: number;
  /** Rows that the server holds more than once: times too many. */
  readonly duplicates: number;
  /** Printed rows in the spill file. */
  readonly spilled: number;
  /** Rows that are in both: the server took them, and the answer never came. */
  readonly both: number;
  /** Printed rows that are in neither. */
  readonly missing: readonly string[];
  /** Rows somewhere that were never printed. */
  readonly invented: readonly string[];
}

export function accountFor(
  printed: readonly string[],
  stored: readonly string[],
  spilled: readonly string[],
): Account {
  const [there, kept, all] = [new Set(stored), new Set(spilled), new Set(printed)];
  return {
    printed: printed.length,
    delivered: there.size,
    duplicates: stored.length - there.size,
    spilled: kept.size,
    both: [...kept].filter((row) => there.has(row)).length,
    missing: printed.filter((row) => !there.has(row) && !kept.has(row)),
    invented: [...there, ...kept].filter((row) => !all.has(row)),
  };
}
