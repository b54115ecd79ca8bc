import { fileURLToPath } from 'node:url';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

export interface Row {
  time_stamp: string;
  metric: { name: string; value: string } | null;
}

type Call = (request: unknown) => Promise<unknown>;

/** A plain gRPC client of the server under test. Failed calls reject with grpc-js's ServiceError. */
export interface TestClient {
  readonly grpc: Client;
  report(trial: string, rows: readonly Row[]): Promise<unknown>;
  get(request: Record<string, string>): Promise<Row[]>;
  call(method: string, request: unknown): Promise<unknown>;
  /** A call of DBManager with these bytes as its message. */
  raw(method: string, bytes: Buffer): Promise<unknown>;
}

const definitions = loadSync(
  ['api.proto', 'health.proto'].map((file) => fileURLToPath(new URL(`../proto/${file}`, import.meta.url))),
  { keepCase: true, defaults: true, enums: String },
);

const clients: Client[] = [];

export function connect(address: string): TestClient {
  const grpc = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.use_local_subchannel_pool': 1,
  });
  clients.push(grpc);
  const method = (name: string): Call => {
    const service = name in healthMethods() ? 'grpc.health.v1.Health' : 'api.v1.beta1.DBManager';
    const definition = methodsOf(service)[name];
    if (definition === undefined) throw new Error(`no method ${name}`);
    return (request) =>
      unary(grpc, definition.path, definition.requestSerialize(request), definition.responseDeserialize);
  };
  return {
    grpc,
    report: (trial, rows) =>
      method('ReportObservationLog')({ trial_name: trial, observation_log: { metric_logs: rows } }),
    async get(request) {
      const reply = (await method('GetObservationLog')(request)) as {
        observation_log: { metric_logs: Row[] };
      };
      return reply.observation_log.metric_logs;
    },
    call: (name, request) => method(name)(request),
    raw: (name, bytes) => unary(grpc, `/api.v1.beta1.DBManager/${name}`, bytes, (reply) => reply),
  };
}

/** Closes every client that a test has opened. */
export function disconnectAll(): void {
  for (const client of clients.splice(0)) client.close();
}

/** A row, by default of metric `loss`. */
export function row(time: string, value = '0.5', name = 'loss'): Row {
  return { time_stamp: time, metric: { name, value } };
}

/** The error that a call ends with; fails where it succeeds. */
export async function failure(call: Promise<unknown>): Promise<ServiceError> {
  return await call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: ServiceError) => error,
  );
}

export function methodsOf(service: string) {
  return definitions[service] as Record<
    string,
    {
      path: string;
      requestSerialize: (request: unknown) => Buffer;
      responseDeserialize: (bytes: Buffer) => unknown;
    }
  >;
}

const healthMethods = () => methodsOf('grpc.health.v1.Health');

function unary(
  grpc: Client,
  path: string,
  bytes: Buffer,
  decode: (bytes: Buffer) => unknown,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    grpc.makeUnaryRequest(
      path,
      (message: Buffer) => message,
      decode,
      bytes,
      (error, reply) => {
        if (error === null) resolve(reply);
        else reject(error);
      },
    );
  });
}
