import { readFileSync } from 'node:fs';
import { Server, ServerCredentials, type sendUnaryData, status } from '@grpc/grpc-js';
import { readRows } from '../strict-server.ts';

/**
 * A server on grpc-js: `node grpc-js-peer.ts CASE [CERTIFICATE KEY]`. Tells its address first, then the rows of each
 * call that it accepts, one JSON object a line. It ends with its input.
 */
const [scenario = '', certificate, key] = process.argv.slice(2);
const tell = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);
const asIs = (bytes: Buffer) => bytes;

const server = new Server({
  ...(scenario === 'connections end' && {
    'grpc.max_connection_age_ms': 100,
    'grpc.max_connection_age_grace_ms': 100,
  }),
  ...(scenario === 'small windows' && { 'grpc-node.flow_control_window': 1000 }),
});
const path = '/api.v1.beta1.DBManager/ReportObservationLog';
let calls = 0;
server.addService(
  {
    report: {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    },
  },
  {
    report({ request }: { request: Buffer }, answer: sendUnaryData<Buffer>) {
      calls++;
      if (scenario === 'unavailable at first' && calls < 3) {
        answer({ code: status.UNAVAILABLE, details: 'not yet: 100 % \n busy' });
        return;
      }
      tell({ rows: readRows(request) });
      answer(null, Buffer.alloc(0));
    },
  },
);
const credentials =
  certificate && key
    ? ServerCredentials.createSsl(null, [
        { cert_chain: readFileSync(certificate), private_key: readFileSync(key) },
      ])
    : ServerCredentials.createInsecure();
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error) throw error;
  tell({ port });
});
process.stdin.resume().on('end', () => process.exit());
