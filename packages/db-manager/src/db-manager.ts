import { Server } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { createDbManagerService } from './db-manager-service.ts';
import { DbManagerError, RequestFailure } from './errors.ts';
import { createHealthService } from './health-service.ts';
import { closeServer, listen } from './listen.ts';
import type { Observation, ObservationFilter, Report, RequestCounts } from './observation.ts';
import { createObservationStore } from './observation-store.ts';
import { openDatabase } from './open-database.ts';
import { loadServiceDefinitions } from './service-definitions.ts';

export interface DbManagerOptions {
  /** Name or address to listen on. Default `127.0.0.1`; `0.0.0.0` for every address of the machine. */
  readonly host?: string;
  /** Port to listen on. Default 0: any free one. Katib's own is 6789. */
  readonly port?: number;
  /** Database file, created if it is missing; its folder must exist. Default `:memory:`: gone when closed. */
  readonly database?: string;
}

/** A DB manager that is serving. */
export interface DbManager {
  /** Where it listens, `host:port`: the host as given, the port as bound. Fit for `KATIB_DB_MANAGER_ADDRESS`. */
  readonly address: string;
  /** Calls answered so far. */
  readonly requests: RequestCounts;
  /**
   * The rows of a trial by time; those of equal time in the order in which they were stored. Empty for a trial without
   * rows. The trial's name is compared as MySQL does it, without regard to case and accents.
   * Throws {@link DbManagerError}: `usage` for a time that can't be read, `closed` after close.
   */
  observations(trial: string, filter?: ObservationFilter): Observation[];
  /** Names of the trials that have rows, those first that reported first. Throws {@link DbManagerError} `closed`. */
  trials(): string[];
  /**
   * Calls the listener for every report from now on, after its rows are stored and before the client has its answer.
   * Returns a function that ends this. What a listener throws becomes an uncaught exception, as with an EventTarget,
   * and changes nothing for the client or the other listeners.
   */
  onReport(listener: (report: Report) => void): () => void;
  /**
   * Stops accepting, lets calls that have begun end for at most a second, then breaks what is left and closes the
   * database. Open connections don't hold it up. Every further call gives the same promise.
   */
  close(): Promise<void>;
}

/**
 * Starts an embedded Katib DB manager: the gRPC services DBManager, Health and reflection over an SQLite database.
 * Throws {@link DbManagerError}: `usage`, `database` or `address`.
 */
export async function startDbManager(options: DbManagerOptions = {}): Promise<DbManager> {
  const { host, port, database } = checkOptions(options);
  const store = createObservationStore(openDatabase(database));
  const listeners = new Set<{ readonly call: (report: Report) => void }>();
  const counts = { report: 0, get: 0, delete: 0, health: 0, failed: 0 };

  // Katib sets both to the largest int32, so the usual limit of 4 MiB does not apply (cmd/db-manager/v1beta1/main.go).
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  const definitions = loadServiceDefinitions();
  const health = createHealthService(() => counts.health++);
  const service = createDbManagerService(store, {
    counted: (kind) => counts[kind]++,
    reported(report) {
      for (const listener of [...listeners]) notify(listener.call, report);
    },
  });
  server.addService(definitions.dbManager, service);
  server.addService(definitions.health, health.handlers);
  new ReflectionService(definitions.all).addToServer(server);

  const address = await listen(server, host, port).catch((error: unknown) => {
    server.forceShutdown();
    store.close();
    throw error;
  });

  let closing: Promise<void> | undefined;
  function read<Result>(what: string, body: () => Result): Result {
    if (closing !== undefined) {
      throw new DbManagerError(
        'closed',
        `the DB manager at ${address} is closed: call ${what} before close()`,
      );
    }
    try {
      return body();
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      throw new DbManagerError(
        'usage',
        `${error.message}; give RFC 3339 times such as 2026-06-22T20:07:21Z`,
        error,
      );
    }
  }

  return {
    address,
    get requests() {
      return { ...counts };
    },
    observations: (trial, filter = {}) => read('observations()', () => store.select(trial, filter)),
    trials: () => read('trials()', () => store.trials()),
    onReport(call) {
      const listener = { call };
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      closing ??= closeServer(server, () => health.endWatches()).finally(() => store.close());
      return closing;
    },
  };
}

function notify(listener: (report: Report) => void, report: Report): void {
  try {
    listener(report);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** The options with their defaults. Throws {@link DbManagerError} `usage` for values that have no meaning. */
function checkOptions(options: DbManagerOptions): Required<DbManagerOptions> {
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
