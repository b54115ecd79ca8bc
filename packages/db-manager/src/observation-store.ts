/// <reference path="./better-sqlite3.d.ts" />

import type Database from 'better-sqlite3';
import { RequestFailure } from './errors.ts';
import { formatForMysql, GoTimeError, parseGoTime } from './go-time.ts';
import { badComparedTime, createSameText, fitTime } from './mysql-rules.ts';
import type { Observation, ObservationFilter } from './observation.ts';

/** A row in the shape of the table: see `fitRows`. */
export interface StoredRow {
  readonly trial: string;
  /** `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. */
  readonly time: string;
  readonly name: string;
  readonly value: string;
}

/** The observation logs of all trials. */
export interface ObservationStore {
  /** Stores all rows or, where one fails, none. */
  insert(rows: readonly StoredRow[]): void;
  /** The rows of a trial by time; those of equal time in the order in which they were stored. */
  select(trial: string, filter: ObservationFilter): Observation[];
  /** Removes the rows of a trial, if there are any. */
  remove(trial: string): void;
  /** Names of the trials that have rows, those first that reported first. */
  trials(): string[];
  close(): void;
}

/** The smallest name, the smallest one greater than it, and so on: one step in the index per trial. */
const TRIAL_NAMES = `
  WITH RECURSIVE trial (name) AS (
    SELECT min(trial_name) FROM observation_logs
    UNION ALL
    SELECT (SELECT min(trial_name) FROM observation_logs WHERE trial_name > name) FROM trial WHERE name IS NOT NULL
  )
  SELECT name FROM trial WHERE name IS NOT NULL`;

/** Rows of one statement: most of what an insertion costs is per statement. */
const MANY = 100;
const columns = ({ trial, time, name, value }: StoredRow) => [trial, time, name, value];

export function createObservationStore(database: Database): ObservationStore {
  const sameText = createSameText();
  database.function('same_text', { deterministic: true }, (a: string, b: string) => Number(sameText(a, b)));
  const insertion = (rows: number) =>
    database.prepare(
      `INSERT INTO observation_logs (trial_name, time, metric_name, value) VALUES ${Array(rows).fill('(?, ?, ?, ?)').join(', ')}`,
    );
  const [insertOne, insertMany] = [insertion(1), insertion(MANY)];
  const insertRows = database.transaction((rows: readonly StoredRow[]) => {
    let at = 0;
    for (; at + MANY <= rows.length; at += MANY) {
      insertMany.run(...rows.slice(at, at + MANY).flatMap(columns));
    }
    for (const row of rows.slice(at)) insertOne.run(...columns(row));
  });
  const trialNames = database.prepare<{ name: string }>(TRIAL_NAMES);

  /** A condition that holds for the trials whose name MySQL takes for equal to this one. */
  function isTrial(trial: string): { sql: string; values: string[] } {
    const values = trialNames.all().flatMap(({ name }) => (sameText(name, trial) ? [name] : []));
    return { sql: `trial_name IN (${values.map(() => '?').join(', ')})`, values };
  }

  return {
    insert: insertRows,
    select(trial, { name, startTime, endTime }) {
      const { sql, values } = isTrial(trial);
      const conditions = [sql];
      if (name) {
        conditions.push('same_text(metric_name, ?)');
        values.push(name);
      }
      if (startTime) {
        conditions.push('time >= ?');
        values.push(boundary(startTime, 'start'));
      }
      if (endTime) {
        conditions.push('time <= ?');
        values.push(boundary(endTime, 'completion'));
      }
      return database
        .prepare<Observation>(
          'SELECT trial_name AS trial, metric_name AS name, value, time FROM observation_logs ' +
            `WHERE ${conditions.join(' AND ')} ORDER BY time, id`,
        )
        .all(...values)
        .map((row) => ({ ...row, time: answeredTime(row.time) }));
    },
    remove(trial) {
      const { sql, values } = isTrial(trial);
      database.prepare(`DELETE FROM observation_logs WHERE ${sql}`).run(...values);
    },
    trials() {
      return database
        .prepare<{ name: string }>(
          'SELECT trial_name AS name FROM observation_logs GROUP BY trial_name ORDER BY min(id)',
        )
        .all()
        .map((trial) => trial.name);
    },
    close() {
      database.close();
    },
  };
}

/** One end of the wanted span of time. `which` is Katib's own word for it in the error. */
function boundary(text: string, which: 'start' | 'completion'): string {
  let formatted: string;
  try {
    formatted = formatForMysql(parseGoTime(text));
  } catch (error) {
    if (!(error instanceof GoTimeError)) throw error;
    throw new RequestFailure(`Error parsing ${which} time ${text}: ${error.message}`);
  }
  const fitting = fitTime(formatted);
  if (fitting === undefined) throw badComparedTime(formatted);
  return fitting;
}

/** `2026-06-22 20:07:21.500000` → `2026-06-22T20:07:21.5Z`, Go's RFC3339Nano. */
function answeredTime(stored: string): string {
  return `${stored.replace(' ', 'T').replace(/\.?0+$/, '')}Z`;
}
