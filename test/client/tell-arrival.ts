import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DbManager } from '@katib-push/db-manager';

/**
 * Whenever rows of a trial arrive, writes all there are into the file `arrived` of the program's folder, for a program
 * that waits for them, and calls back.
 */
export function tellArrival(manager: DbManager, trial: string, folder: string, arrived: () => void): void {
  const stop = manager.onReport((report) => {
    if (report.trial !== trial) return;
    if (!existsSync(folder)) return stop(); // the program has ended
    const rows = manager.observations(trial).map(({ name, value }) => `${name}=${value}\n`);
    writeFileSync(join(folder, 'arrived'), rows.join(''));
    arrived();
  });
}
