import { layHelp } from '@katib-push/webhook/settings';
import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { readPort } from './read-port.ts';

/** Declares `katib-push db-manager`. */
export function declareDbManager(program: Command, act: Act): void {
  program
    .command('db-manager')
    .description('Run an embedded Katib DB manager until it is interrupted, and print the rows that arrive.')
    .addOption(
      new Option('-p, --port <number>', 'port; 0 for any free one').argParser(readPort).default(6789),
    )
    .option('--host <name>', 'name or address to listen on', '127.0.0.1')
    .option('--database <file>', 'SQLite file that keeps the rows (default: in memory)')
    .addHelpText('after', layHelp(afterHelp))
    .action(act(async () => (await import('./db-manager.ts')).serveDbManager));
}

const afterHelp = `
Examples:
  katib-push db-manager
  katib-push db-manager --port 0 --database observations.sqlite
  KATIB_DB_MANAGER_ADDRESS=127.0.0.1:6789 KATIB_TRIAL_NAME=try python train.py

Exit codes: 0 interrupted, 2 the port or database can't be used.`;
