import type { DbManagerOptions } from './db-manager.ts';
import { DbManagerError } from './db-manager-error.ts';

/** The options with their defaults. Throws {@link DbManagerError} `usage` for values that have no meaning. */
export function checkOptions(options: DbManagerOptions): Required<DbManagerOptions> {
  const { host = '127.0.0.1', port = 0, database = ':memory:' } = options;
  if (typeof host !== 'string' || !/^[^\s/]+$/.test(host)) {
    throw usage('host', host, 'give a name or an address such as 127.0.0.1');
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw usage('port', port, 'give a whole number from 0 (any free port) to 65535');
  }
  if (typeof database !== 'string' || database.trim() === '' || database.includes('\0')) {
    throw usage('database', database, "give the path of a file, or ':memory:'");
  }
  return { host, port, database };
}

function usage(option: string, value: unknown, remedy: string): DbManagerError {
  return new DbManagerError(
    'usage',
    `${option}: ${JSON.stringify(value) ?? String(value)} has no meaning; ${remedy}`,
  );
}
