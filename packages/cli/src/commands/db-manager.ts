import { resolve } from 'node:path';
import { layHelp } from '@katib-push/webhook/settings';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { count } from '../terminal/count.ts';
import { neutralise } from '../terminal/neutralise.ts';
import type { Act } from './act.ts';
import { readPort } from './options.ts';

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
    .action(act(async () => serveDbManager));
}

/** What the command line gives. */
interface DbManagerCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly database?: string;
}

/** The body of `katib-push db-manager`; gives the exit code. */
async function serveDbManager(options: DbManagerCommandOptions, context: Context): Promise<number> {
  const { io, services, colours, print, note } = context;
  const { port, host, database } = options;
  const stopped = io.untilStopped();
  const manager = await services.startDbManager({
    port,
    host,
    ...(database === undefined
      ? {}
      : { database: database === ':memory:' ? database : resolve(io.cwd, database) }),
  });
  let rows = 0;
  manager.onReport((report) => {
    rows += report.rows.length;
    const trial = colours.bold(neutralise(report.trial));
    print(
      report.rows.map(({ time, name, value }) => {
        return `${colours.dim(neutralise(time))}  ${trial}  ${colours.cyan(neutralise(name))} = ${neutralise(value)}`;
      }),
    );
  });
  note([
    `DB manager at ${manager.address}, rows ${database === undefined ? 'in memory' : `in ${neutralise(database)}`}. Ctrl-C ends it.`,
    colours.dim(`Trials find it with KATIB_DB_MANAGER_ADDRESS=${manager.address}`),
  ]);
  const signal = await stopped;
  const trials = manager.trials().length;
  await manager.close();
  note([`${signal}: closed after ${count(rows, 'row')} of ${count(trials, 'trial')}.`]);
  return exitCode.ok;
}

const afterHelp = `
Examples:
  katib-push db-manager
  katib-push db-manager --port 0 --database observations.sqlite
  KATIB_DB_MANAGER_ADDRESS=127.0.0.1:6789 KATIB_TRIAL_NAME=try python train.py

Exit codes: 0 interrupted, 2 the port or database can't be used.`;
