// Reports rows to a DB manager: node push.mjs loss=0.5 loss=0.4
// The smallest client that can be told to do wrong: one unary gRPC call, one row per argument, a microsecond apart.
import { connect } from 'node:http2';

const field = (tag, bytes) => Buffer.concat([Buffer.from([(tag << 3) | 2]), varint(bytes.length), bytes]);
const varint = (n) => (n < 128 ? Buffer.from([n]) : Buffer.concat([Buffer.from([(n & 127) | 128]), varint(n >> 7)]));
const text = (tag, value) => field(tag, Buffer.from(value));

const now = new Date().toISOString().slice(0, -1);
const rows = process.argv.slice(2).map((row, index) => {
  const [name = '', value = ''] = row.split('=');
  const time = `${now}${String(index).padStart(3, '0')}Z`;
  return field(1, Buffer.concat([text(1, time), field(2, Buffer.concat([text(1, name), text(2, value)]))]));
});
const message = Buffer.concat([text(1, process.env.KATIB_TRIAL_NAME ?? ''), field(2, Buffer.concat(rows))]);
const head = Buffer.alloc(5);
head.writeUInt32BE(message.length, 1);

const session = connect(`http://${process.env.KATIB_DB_MANAGER_ADDRESS}`);
const call = session.request({
  ':method': 'POST',
  ':path': '/api.v1.beta1.DBManager/ReportObservationLog',
  'content-type': 'application/grpc',
  te: 'trailers',
});
call.on('trailers', (trailers) => {
  process.exitCode = Number(trailers['grpc-status']);
});
call.on('close', () => session.close());
call.resume();
call.end(Buffer.concat([head, message]));
