import { fileURLToPath } from 'node:url';
import { type ServiceDefinition, status } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { RequestFailure } from './errors.ts';
import { BAD_WIRE_FORMAT, findFault, type StringFields } from './find-fault.ts';

/** The services of the server, and the package that reflection describes them from. */
export interface ServiceDefinitions {
  readonly dbManager: ServiceDefinition;
  readonly health: ServiceDefinition;
  readonly all: PackageDefinition;
}

type Method = ServiceDefinition[string];

const METRIC_LOG: StringFields = { 1: 'string', 2: { 1: 'string', 2: 'string' } };

/** The strings in the requests of DBManager, by field number; see `proto/api.proto`. */
const REQUEST_STRINGS: { readonly [method: string]: StringFields } = {
  ReportObservationLog: { 1: 'string', 2: { 1: METRIC_LOG } },
  GetObservationLog: { 1: 'string', 2: 'string', 3: 'string', 4: 'string' },
  DeleteObservationLog: { 1: 'string' },
};

/** Reads the two files in `proto/`. Messages keep their field names; an absent message is null. */
export function loadServiceDefinitions(): ServiceDefinitions {
  const files = ['api.proto', 'health.proto'];
  const all = loadSync(
    files.map((file) => fileURLToPath(new URL(`../proto/${file}`, import.meta.url))),
    { keepCase: true, defaults: true, enums: String },
  );
  const dbManager = all['api.v1.beta1.DBManager'] as ServiceDefinition;
  return {
    dbManager: Object.fromEntries(
      Object.entries(dbManager).map(([name, method]) => [
        name,
        withStrictRequest(method, REQUEST_STRINGS[name] ?? {}),
      ]),
    ),
    health: all['grpc.health.v1.Health'] as ServiceDefinition,
    all,
  };
}

/**
 * A method whose request, where it can't be decoded, is a RequestFailure with grpc-go's status and text. Thrown here, it
 * would reach the client without its reason.
 */
function withStrictRequest(method: Method, strings: StringFields): Method {
  return {
    ...method,
    requestDeserialize(bytes: Buffer): unknown {
      const fault = findFault(bytes, strings);
      if (fault !== undefined) return undecodable(fault);
      try {
        return method.requestDeserialize(bytes);
      } catch {
        return undecodable(BAD_WIRE_FORMAT);
      }
    },
  };
}

function undecodable(why: string): RequestFailure {
  return new RequestFailure(`grpc: error unmarshalling request: ${why}`, status.INTERNAL);
}
