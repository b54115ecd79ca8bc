import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { connect, failure, row } from './client.ts';
import { start } from './server.ts';

const T = (second: number, fraction = '') =>
  `2026-06-22T20:07:${String(second).padStart(2, '0')}${fraction}Z`;
const SYNTAX = /^Prepare SQL statement failed: Error 1064: .* near '' at line 1$/;

describe('ReportObservationLog', () => {
  test('stores rows that GetObservationLog and observations() give back', async () => {
    const db = await start();
    const client = connect(db.address);
    expect(await client.report('t1', [row(T(1), '0.5', 'loss'), row(T(2), 'nan', 'acc')])).toEqual({});
    expect(await client.get({ trial_name: 't1' })).toEqual([
      row(T(1), '0.5', 'loss'),
      row(T(2), 'nan', 'acc'),
    ]);
    expect(db.observations('t1')).toEqual([
      { trial: 't1', name: 'loss', value: '0.5', time: T(1) },
      { trial: 't1', name: 'acc', value: 'nan', time: T(2) },
    ]);
  });

  test.each([
    ['no rows', []],
    ['only empty times', [row(''), row('')]],
  ])('%s is invalid SQL', async (_, rows) => {
    const db = await start();
    const error = await failure(connect(db.address).report('t1', rows));
    expect(error.code).toBe(status.UNKNOWN);
    expect(error.details).toMatch(SYNTAX);
    expect(db.trials()).toEqual([]);
  });

  test('an empty time skips its row alone', async () => {
    const db = await start();
    await connect(db.address).report('t1', [row(''), row(T(1)), { time_stamp: '', metric: null }]);
    expect(db.observations('t1')).toHaveLength(1);
  });

  test('one bad time stores nothing', async () => {
    const db = await start();
    const error = await failure(connect(db.address).report('t1', [row(T(1)), row('yesterday'), row(T(2))]));
    expect(error.code).toBe(status.UNKNOWN);
    expect(error.details).toBe(
      'Error parsing start time yesterday: parsing time "yesterday" as "2006-01-02T15:04:05.999999999Z07:00": ' +
        'cannot parse "yesterday" as "2006"',
    );
    expect(db.observations('t1')).toEqual([]);
  });

  test('a row that MySQL refuses stores nothing', async () => {
    const db = await start();
    const client = connect(db.address);
    const error = await failure(client.report('t1', [row(''), row(T(1)), row(T(2), '1', 'n'.repeat(256))]));
    expect(error.code).toBe(status.UNKNOWN);
    expect(error.details).toBe(
      "Execute SQL INSERT failed: Error 1406: Data too long for column 'metric_name' at row 2",
    );
    expect(db.observations('t1')).toEqual([]);
  });

  test.each([
    ['no log', { trial_name: 't1' }],
    ['a row without metric', { trial_name: 't1', observation_log: { metric_logs: [{ time_stamp: T(1) }] } }],
  ])('%s, which ends the process of Katib, is UNAVAILABLE', async (_, request) => {
    const db = await start();
    const client = connect(db.address);
    const error = await failure(client.call('ReportObservationLog', request));
    expect(error.code).toBe(status.UNAVAILABLE);
    expect(error.details).toContain("Katib's DB manager would crash");
    await client.report('t1', [row(T(1))]);
  });

  test('takes 16383 rows and no more', async () => {
    const db = await start();
    const client = connect(db.address);
    const rows = Array.from({ length: 16_383 }, (_, i) =>
      row(T(1, `.${String(i).padStart(6, '0')}`), String(i)),
    );
    await client.report('t1', rows);
    expect(db.observations('t1').map((o) => o.value)).toEqual(rows.map((r) => r.metric?.value));
    const error = await failure(client.report('t2', [...rows, row(T(2))]));
    expect(error.details).toMatch(/Error 1390: Prepared statement contains too many placeholders$/);
    expect(db.trials()).toEqual(['t1']);
  });

  test('takes messages above 4 MiB', async () => {
    const db = await start();
    const rows = Array.from({ length: 100 }, (_, i) => row(T(1, `.${i + 100}`), 'x'.repeat(65_535)));
    const client = connect(db.address);
    await client.report('t1', rows);
    expect(await client.get({ trial_name: 't1' })).toEqual(
      rows.map((r) => ({ ...r, time_stamp: r.time_stamp.replace(/0+Z$/, 'Z') })),
    );
  });

  test('cuts long error texts', async () => {
    const db = await start();
    const error = await failure(connect(db.address).report('t1', [row('🙂'.repeat(100_000))]));
    expect(error.code).toBe(status.UNKNOWN);
    expect(error.details.length).toBeLessThan(1100);
  });
});

describe('GetObservationLog', () => {
  test('orders by time, not by arrival', async () => {
    const db = await start();
    const client = connect(db.address);
    await client.report('t1', [row(T(3), 'c'), row(T(1, '.5'), 'b')]);
    await client.report('t1', [row(T(1), 'a'), row('0001-01-01T00:00:00Z', 'first')]);
    const rows = await client.get({ trial_name: 't1' });
    expect(rows.map((r) => r.metric?.value)).toEqual(['first', 'a', 'b', 'c']);
    expect(rows[0]?.time_stamp).toBe('0001-01-01T00:00:00Z');
  });

  test('gives rows of equal time as they were stored', async () => {
    const db = await start();
    const client = connect(db.address);
    const values = Array.from({ length: 50 }, (_, i) => String((i * 37) % 50));
    for (const value of values) await client.report('t1', [row(T(1), value)]);
    expect((await client.get({ trial_name: 't1' })).map((r) => r.metric?.value)).toEqual(values);
  });

  test('a missing trial has an empty log', async () => {
    const db = await start();
    expect(await connect(db.address).call('GetObservationLog', { trial_name: 'none' })).toEqual({
      observation_log: { metric_logs: [] },
    });
    expect(db.observations('none')).toEqual([]);
  });

  test('filters by name and by inclusive times', async () => {
    const db = await start();
    const client = connect(db.address);
    await client.report(
      't1',
      [1, 2, 3, 4].flatMap((s) => [row(T(s), String(s)), row(T(s), String(s), 'acc')]),
    );
    await client.report('t2', [row(T(2))]);
    const values = async (filter: Record<string, string>) =>
      (await client.get({ trial_name: 't1', ...filter })).map((r) => `${r.metric?.name}${r.metric?.value}`);
    expect(await values({ metric_name: 'acc' })).toEqual(['acc1', 'acc2', 'acc3', 'acc4']);
    expect(await values({ metric_name: 'acc', start_time: T(2), end_time: T(3) })).toEqual(['acc2', 'acc3']);
    expect(await values({ start_time: T(4) })).toEqual(['loss4', 'acc4']);
    expect(await values({ end_time: '2026-06-22T22:07:01.0000009+02:00' })).toEqual(['loss1', 'acc1']);
    expect(await values({ metric_name: 'none' })).toEqual([]);
    expect(db.observations('t1', { name: 'loss', startTime: T(2), endTime: T(2) })).toEqual([
      { trial: 't1', name: 'loss', value: '2', time: T(2) },
    ]);
  });

  test.each([
    ['start_time', 'x', /^Error parsing start time x: parsing time "x"/],
    ['end_time', 'x', /^Error parsing completion time x: parsing time "x"/],
    [
      'end_time',
      '9999-12-31T23:59:59-01:00',
      /^Failed to get ObservationLogs Error 1525: .*'10000-01-01 00:59:59'$/,
    ],
  ])('refuses %s %s', async (field, time, text) => {
    const db = await start();
    const error = await failure(connect(db.address).get({ trial_name: 't1', [field]: time }));
    expect(error.code).toBe(status.UNKNOWN);
    expect(error.details).toMatch(text);
  });
});

test('DeleteObservationLog removes one trial, and none without a complaint', async () => {
  const db = await start();
  const client = connect(db.address);
  await client.report('t1', [row(T(1))]);
  await client.report('t2', [row(T(1))]);
  expect(await client.call('DeleteObservationLog', { trial_name: 't1' })).toEqual({});
  expect(await client.call('DeleteObservationLog', { trial_name: 't1' })).toEqual({});
  expect(db.trials()).toEqual(['t2']);
});
