import { freePort, listening, type Process, type Stack } from '../stack/stack.ts';
import type { Database } from './database.ts';

/** Katib's own DB manager. */
export interface RealDbManager {
  /** `127.0.0.1:port`, the same after each start. */
  readonly address: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts Katib's DB manager on a database. */
export async function startRealDbManager(
  binary: string,
  stack: Stack,
  database: Database,
  listen?: string,
): Promise<RealDbManager> {
  const address = listen ?? `127.0.0.1:${await freePort()}`;
  const [host = '', port = ''] = address.split(':');
  let running: Process | undefined;
  const start = async () => {
    const args = [`--listen-address=${address}`];
    running = stack.start('db-manager', { command: binary, args, env: database.env });
    await listening('db-manager', running, Number(port), { host });
  };
  await start();
  return { address, start, kill: async () => running?.stop('SIGKILL') };
}
