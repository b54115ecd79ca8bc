import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { madeFolders } from './folder.ts';

/**
 * Processes, files, mounts and names of hosts that are there because of this run; none once a part has ended. Each process
 * of it has one of the run's folders in its words or its environment.
 */
export function findLeftovers(): readonly string[] {
  const folders = madeFolders();
  const mentions = (text: string) => folders.some((each) => text.includes(each));
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => mentions(read(`/proc/${pid}/cmdline`)) || mentions(read(`/proc/${pid}/environ`)))
    .map((pid) => `process ${pid}: ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`);
  return [
    ...processes,
    ...folders.filter((folder) => existsSync(folder)),
    ...read('/proc/self/mounts').split('\n').filter(mentions),
    ...read('/etc/hosts')
      .split('\n')
      .filter((line) => line.includes('katib-db-manager')),
  ];
}

/** A file's text; empty where it is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
