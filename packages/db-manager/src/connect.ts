import { Client, credentials, type MethodDefinition, type ServiceError } from '@grpc/grpc-js';
import type { ReportedRow } from './observation.ts';
import { loadServiceDefinitions } from './service-definitions.ts';

/** What a call came to. */
export interface Answer {
  /** gRPC status; 0 where the rows are stored. */
  readonly status: number;
  /** The server's words, or what went wrong on the way; empty with status 0. */
  readonly message: string;
}

/** A connection to a DB manager, this one or Katib's. */
export interface DbManagerConnection {
  /** Stores rows of one trial: all of them, or none. Never rejects. */
  report(trial: string, rows: readonly ReportedRow[]): Promise<Answer>;
  close(): void;
}

export interface ConnectOptions {
  /** Certificates of authorities, as PEM, for an `https://` address. Default: the system's. */
  readonly ca?: Uint8Array;
  /** Milliseconds that a call may take. Default: 15 000. */
  readonly deadline?: number;
}

/**
 * Connects when the first call is made.
 *
 * @param address `host:port`, plaintext; behind `https://` TLS
 */
export function connectDbManager(address: string, options: ConnectOptions = {}): DbManagerConnection {
  const secure = address.startsWith('https://');
  const client = new Client(
    address.replace(/^https?:\/\//, ''),
    secure
      ? credentials.createSsl(options.ca ? Buffer.from(options.ca) : null)
      : credentials.createInsecure(),
    { 'grpc.use_local_subchannel_pool': 1, 'grpc.max_reconnect_backoff_ms': 1000 },
  );
  const method = loadServiceDefinitions().dbManager.ReportObservationLog as MethodDefinition<object, object>;
  return {
    report: (trial, rows) =>
      new Promise((resolve) => {
        const logs = rows.map(({ time, name, value }) => ({ time_stamp: time, metric: { name, value } }));
        client.makeUnaryRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          { trial_name: trial, observation_log: { metric_logs: logs } },
          { deadline: Date.now() + (options.deadline ?? 15_000) },
          (error: ServiceError | null) =>
            resolve(error ? { status: error.code, message: error.details } : { status: 0, message: '' }),
        );
      }),
    close: () => client.close(),
  };
}
