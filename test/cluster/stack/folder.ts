import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** Makes a folder for files of this run. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-cluster-'));
  made.push(folder);
  return folder;
}

/** All that were made, also those that are gone. */
export const madeFolders = (): readonly string[] => made;
