import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type DbManager, type DbManagerOptions, startDbManager } from '../src/index.ts';
import { disconnectAll } from './client.ts';

const running: DbManager[] = [];
const folders: string[] = [];

afterEach(async () => {
  disconnectAll();
  await Promise.all(running.splice(0).map((db) => db.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A server that ends with the test. */
export async function start(options?: DbManagerOptions): Promise<DbManager> {
  const db = await startDbManager(options);
  running.push(db);
  return db;
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'db-manager-'));
  folders.push(folder);
  return folder;
}
