import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { grpc, startStrictServer } from '../strict-server.ts';

const require = createRequire(import.meta.url);
const PARTS = fileURLToPath(new URL('../../../packages/languages/javascript/client/parts/', import.meta.url));
const parts = Object.assign(
  {},
  ...['db-manager', 'message', 'wait-for', 'tls'].map((name) => require(`${PARTS}${name}.js`)),
);

const UNKNOWN = 2;
const UNAVAILABLE = 14;
let message = '';
const server = await startStrictServer(() => ({
  answer: (stream) => grpc(stream, UNKNOWN, { 'grpc-message': message }),
}));
afterAll(() => server.close());

/** One call; the server answers UNKNOWN with this message. */
async function call(answered: string) {
  message = answered;
  const account = { reason: '' };
  const setup = { trial: 't', address: server.address };
  const destination = parts.createDbManager(parts, { require, setup, account });
  const row = JSON.stringify({
    trial_name: 't',
    time_stamp: '2026-01-01T00:00:00.000001Z',
    metric: { name: 'loss', value: '0.5' },
  });
  const piece = { message: destination.encodeMessage([destination.encodeRow(row)]) };
  const status: number | null = await destination.send(piece, Number.POSITIVE_INFINITY);
  destination.close();
  return { status, reason: account.reason };
}

describe('an answer of a DB manager whose database', () => {
  it.each([
    'dial tcp 10.0.0.1:3306: connect: connection refused',
    'dial tcp: lookup katib-mysql on 10.0.0.10:53: no such host',
    'driver: bad connection',
    'invalid connection',
    'pq: the database system is starting up',
    'pq: the database system is shutting down',
    'Error 1040: Too many connections',
    'pq: sorry, too many clients already',
    'read tcp 10.0.0.2:4711->10.0.0.1:5432: read: connection reset by peer',
  ])('is away: as if it were unavailable itself: %s', async (text) => {
    expect(await call(encodeURIComponent(text))).toEqual({
      status: UNAVAILABLE,
      reason: `grpc-status 2 ${text}`,
    });
  });

  it.each([
    "Error 1406 (22001): Data too long for column 'value' at row 1",
    'pq: value too long for type character varying(255)',
    'pq: invalid byte sequence for encoding "UTF8": 0x00',
    'Duplicate entry',
    '',
  ])('refuses a row, maybe: %s', async (text) => {
    expect((await call(encodeURIComponent(text))).status).toBe(UNKNOWN);
  });

  it('is shown with its percents decoded, where they can be', async () => {
    expect((await call('100%25 of %C3%A9')).reason).toBe('grpc-status 2 100% of é');
    expect((await call('5% of it')).reason).toBe('grpc-status 2 5% of it');
  });
});
