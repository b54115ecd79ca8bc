import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { count } from '../terminal/count.ts';
import { neutralise } from '../terminal/neutralise.ts';

/** What the command line gives. */
export interface DbManagerCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly database?: string;
}

/** The body of `katib-push db-manager`; gives the exit code. */
export async function serveDbManager(options: DbManagerCommandOptions, context: Context): Promise<number> {
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
