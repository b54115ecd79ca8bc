/// <reference path="./better-sqlite3.d.ts" />

import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { DbManagerError } from './errors.ts';

/** Katib's table, its columns under their own names; times as text of fixed width, so that they sort. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS observation_logs (
    trial_name TEXT NOT NULL,
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    metric_name TEXT NOT NULL,
    value TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS observation_logs_by_trial ON observation_logs (trial_name, time);
`;

/**
 * Opens the database file `path`, creating file and table where they are missing, or a new one in memory for
 * `':memory:'`. Throws {@link DbManagerError} `database`.
 */
export function openDatabase(path: string): Database {
  if (path === ':memory:') return prepareTable(new Database(path));
  const file = resolve(path);
  const folder = dirname(file);
  const state = kindOf(folder);
  if (state !== 'folder') {
    throw unusable(
      file,
      state === 'nothing' ? `there is no folder "${folder}"` : `"${folder}" is not a folder`,
      'create the folder or name another file',
    );
  }
  if (kindOf(file) === 'folder') throw unusable(file, 'it is a folder', 'name a file inside it');

  let database: Database | undefined;
  try {
    database = new Database(file);
    return prepareTable(database);
  } catch (error) {
    database?.close();
    throw explain(file, error);
  }
}

function prepareTable(database: Database): Database {
  const tables = database
    .prepare<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    )
    .all()
    .map((table) => table.name);
  if (tables.length > 0 && !tables.includes('observation_logs')) throw new ForeignTables(tables);
  database.exec(SCHEMA);
  // Takes the write lock and gives it back: a file that can only be read is found here, not at the first report.
  database.exec('BEGIN IMMEDIATE; COMMIT');
  database.prepare('SELECT trial_name, id, time, metric_name, value FROM observation_logs LIMIT 1').get();
  return database;
}

class ForeignTables extends Error {
  constructor(tables: readonly string[]) {
    super(`it holds other tables (${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ', …' : ''})`);
  }
}

function explain(file: string, error: unknown): DbManagerError {
  const code = String((error as { code?: unknown }).code);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ForeignTables) return unusable(file, message, 'name a file of its own', error);
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return unusable(
      file,
      `it is not an SQLite database, or it is damaged (${message})`,
      'name another file, or remove this one to start anew',
      error,
    );
  }
  if (
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_PERM')
  ) {
    return unusable(
      file,
      `it can't be opened for writing (${message})`,
      'check the permissions of the file and its folder, or name another file',
      error,
    );
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return unusable(
      file,
      'another process holds it locked',
      'close that process or name another file',
      error,
    );
  }
  return unusable(file, message, "name another file, or keep the rows in memory with ':memory:'", error);
}

function unusable(file: string, why: string, remedy: string, cause?: unknown): DbManagerError {
  return new DbManagerError('database', `cannot use "${file}" as the database: ${why}; ${remedy}`, cause);
}

function kindOf(path: string): 'folder' | 'other' | 'nothing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    // Anything but "not there" is left to SQLite, whose message is then quoted.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'nothing' : 'other';
  }
}
