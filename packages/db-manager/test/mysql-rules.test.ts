import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { connect, failure, row } from './client.ts';
import { start } from './server.ts';

const TIME = '2026-06-22T20:07:21Z';
const tooLong = (column: string) =>
  `Execute SQL INSERT failed: Error 1406: Data too long for column '${column}' at row 1`;

test('names hold 255 characters, values 65535 bytes', async () => {
  const db = await start();
  const client = connect(db.address);
  const name = '🙂'.repeat(255);
  const value = 'é'.repeat(32_767);
  await client.report(name, [row(TIME, `${value}x`, name)]);
  expect(db.observations(name)).toEqual([{ trial: name, name, value: `${value}x`, time: TIME }]);

  const cases = [
    [client.report('t'.repeat(256), [row(TIME)]), 'trial_name'],
    [client.report('t', [row(TIME, '1', `${name}x`)]), 'metric_name'],
    [client.report('t', [row(TIME, `${value}é`)]), 'value'],
  ] as const;
  for (const [call, column] of cases) expect((await failure(call)).details).toBe(tooLong(column));
});

test('blanks past the limit are cut', async () => {
  const db = await start();
  await connect(db.address).report('t', [row(TIME, `1${' '.repeat(70_000)}`, `loss${' '.repeat(300)}`)]);
  const [stored] = db.observations('t');
  expect(stored?.name).toBe(`loss${' '.repeat(251)}`);
  expect(stored?.value).toHaveLength(65_535);
});

test('empty texts and NUL bytes are kept', async () => {
  const db = await start();
  const client = connect(db.address);
  await client.report('', [row(TIME, '', '')]);
  await client.report('a\0b', [row(TIME, '1\0\n2', 'x\0y')]);
  expect(await client.get({})).toEqual([row(TIME, '', '')]);
  expect(await client.get({ trial_name: 'a\0b' })).toEqual([row(TIME, '1\0\n2', 'x\0y')]);
  expect(db.trials()).toEqual(['', 'a\0b']);
});

test('names are equal without regard to case and accents', async () => {
  const db = await start();
  const client = connect(db.address);
  await client.report('trial', [row(TIME, '1', 'Loss'), row(TIME, '2', 'löss'), row(TIME, '3', 'loss ')]);
  await client.report('Trial', [row(TIME, '4', 'loss')]);
  await client.report('trial-2', [row(TIME, '5', 'loss')]);
  const rows = await client.get({ trial_name: 'TRIAL', metric_name: 'LOSS' });
  expect(rows.map((r) => r.metric?.value)).toEqual(['1', '2', '4']);
  await client.call('DeleteObservationLog', { trial_name: 'tRIAL' });
  expect(db.trials()).toEqual(['trial-2']);
});

test.each([
  ['0000-01-01T00:00:00+01:00', '-0001-12-31 23:00:00'],
  ['9999-12-31T23:59:59-01:00', '10000-01-01 00:59:59'],
  ['0000-02-29T00:00:00Z', '0000-02-29 00:00:00'],
])('%s is out of the range of DATETIME', async (time, shown) => {
  const db = await start();
  const error = await failure(connect(db.address).report('t', [row(time)]));
  expect(error.details).toBe(
    `Execute SQL INSERT failed: Error 1292: Incorrect datetime value: '${shown}' for column 'time' at row 1`,
  );
});

test('a string that is not UTF-8 is refused', async () => {
  const db = await start();
  const client = connect(db.address);
  const field = (number: number, ...bytes: number[]) => [number * 8 + 2, bytes.length, ...bytes];
  const time = field(1, ...Buffer.from(TIME));
  const request = (trial: number[], name: number[], value: number[]) => {
    const metric = field(2, ...field(1, ...name), ...field(2, ...value));
    return Buffer.from([...field(1, ...trial), ...field(2, ...field(1, ...time, ...metric))]);
  };
  await client.raw('ReportObservationLog', request([0x74], [0x61], [0xf0, 0x9f, 0x99, 0x82]));
  expect(db.observations('t')[0]?.value).toBe('🙂');

  // A lone byte, a surrogate, an overlong form.
  for (const bad of [[0xff], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
    for (const bytes of [
      request(bad, [0x61], [0x31]),
      request([0x74], bad, [0x31]),
      request([0x74], [0x61], bad),
    ]) {
      const error = await failure(client.raw('ReportObservationLog', bytes));
      expect(error.code).toBe(status.INTERNAL);
      expect(error.details).toBe('grpc: error unmarshalling request: string field contains invalid UTF-8');
    }
  }
  expect(db.observations('t')).toHaveLength(1);
});

test('unknown fields of every kind are passed over', async () => {
  const db = await start();
  // Field 9 as varint, 64 bits, bytes (not UTF-8), 32 bits; then trial_name.
  const unknown = [
    0x48, 0x96, 1, 0x49, 1, 2, 3, 4, 5, 6, 7, 8, 0x4a, 1, 0xff, 0x4d, 1, 2, 3, 4, 0x0a, 1, 0x74,
  ];
  await connect(db.address).raw('DeleteObservationLog', Buffer.from(unknown));
  expect(db.requests).toMatchObject({ delete: 1, failed: 0 });
});

test.each([
  ['a cut message', [0x0a, 9, 0x74]],
  ['a row cut inside its time', [0x12, 4, 0x0a, 2, 0x0a, 5]],
  ['a cut varint', [0x48, 0x80]],
  ['a cut number', [0x49, 1, 2]],
  ['a group that never ends', [0x4b]],
  ['no message', [0xff, 0xff, 0xff]],
])('%s is INTERNAL', async (_, bytes) => {
  const db = await start();
  const error = await failure(connect(db.address).raw('ReportObservationLog', Buffer.from(bytes)));
  expect(error.code).toBe(status.INTERNAL);
  expect(error.details).toBe(
    'grpc: error unmarshalling request: proto: cannot parse invalid wire-format data',
  );
});
