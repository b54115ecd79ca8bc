import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import * as api from '../src/index.ts';
import { type DbManagerError, type DbManagerOptions, type Report, startDbManager } from '../src/index.ts';
import { connect, failure, row } from './client.ts';
import { start, temporaryFolder } from './server.ts';

const T = (second: number) => `2026-06-22T20:07:${String(second).padStart(2, '0')}Z`;

async function refusal(options: DbManagerOptions): Promise<DbManagerError> {
  const error: unknown = await startDbManager(options).then(
    async (db) => {
      await db.close();
      throw new Error('it started');
    },
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(api.DbManagerError);
  return error as DbManagerError;
}

test('the public names', () => {
  expect(Object.keys(api).sort()).toEqual(['DbManagerError', 'connectDbManager', 'startDbManager']);
});

describe('address', () => {
  test('is loopback and a free port by default', async () => {
    expect((await start()).address).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
  });

  test('a port in use is named', async () => {
    const { address } = await start();
    const error = await refusal({ port: Number(address.split(':')[1]) });
    expect(error.code).toBe('address');
    expect(error.message).toBe(
      `cannot listen on ${address}: the port is in use; stop what listens there, choose another port, or port 0 for ` +
        'any free one',
    );
  });

  test('a port in use by something else is named, and the database is left alone', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const database = join(temporaryFolder(), 'log.db');
    expect((await refusal({ port, database })).message).toContain('the port is in use');
    other.close();
    await once(other, 'close');
    expect((await start({ port, database })).address).toBe(`127.0.0.1:${port}`);
  });

  test('a host of another machine is named', async () => {
    const error = await refusal({ host: '192.0.2.1' });
    expect(error.code).toBe('address');
    expect(error.message).toMatch(
      /^cannot listen on 192\.0\.2\.1:0: the host is not an address of this machine; /,
    );
  });

  test('the port can be had again at once', async () => {
    const first = await start();
    await connect(first.address).report('t', [row(T(1))]);
    await first.close();
    const second = await start({ port: Number(first.address.split(':')[1]) });
    expect(second.trials()).toEqual([]);
  });
});

test.each([
  [{ port: 65_536 }, 'port: 65536 has no meaning; give a whole number'],
  [{ port: 1.5 }, 'port: 1.5 has no meaning'],
  [{ host: '' }, 'host: "" has no meaning'],
  [{ host: 'a b' }, 'host: "a b" has no meaning'],
  [{ database: '' }, 'database: "" has no meaning'],
])('%o is refused', async (options, message) => {
  const error = await refusal(options);
  expect(error.code).toBe('usage');
  expect(error.message).toContain(message);
});

describe('database file', () => {
  test('rows outlive the server', async () => {
    const database = join(temporaryFolder(), 'log.db');
    const first = await start({ database });
    await connect(first.address).report('t2', [row(T(2)), row(T(1))]);
    await connect(first.address).report('t1', [row(T(1), '', 'acc')]);
    const before = first.observations('t2');
    await first.close();
    const second = await start({ database });
    expect(second.trials()).toEqual(['t2', 't1']);
    expect(second.observations('t2')).toEqual(before);
    await connect(second.address).report('t2', [row(T(3))]);
    expect(second.observations('t2')).toHaveLength(3);
  });

  test('no database is refused and kept', async () => {
    const database = join(temporaryFolder(), 'notes.txt');
    writeFileSync(database, 'these are notes\n'.repeat(100));
    const error = await refusal({ database });
    expect(error.code).toBe('database');
    expect(error.message).toContain(`cannot use "${database}" as the database: it is not an SQLite database`);
    expect(error.message).toContain('name another file');
    expect(readFileSync(database, 'utf8')).toBe('these are notes\n'.repeat(100));
  });

  test('a database of something else is refused', async () => {
    const database = join(temporaryFolder(), 'other.db');
    new Database(database).exec('CREATE TABLE friends (name)').close();
    expect((await refusal({ database })).message).toContain(
      'it holds other tables (friends); name a file of its own',
    );
  });

  test('a missing folder, a folder, a file as folder are refused', async () => {
    const folder = temporaryFolder();
    expect((await refusal({ database: join(folder, 'a', 'b.db') })).message).toContain(
      `there is no folder "${join(folder, 'a')}"; create the folder`,
    );
    mkdirSync(join(folder, 'c'));
    expect((await refusal({ database: join(folder, 'c') })).message).toContain(
      'it is a folder; name a file inside',
    );
    writeFileSync(join(folder, 'd'), '');
    expect((await refusal({ database: join(folder, 'd', 'e.db') })).message).toContain('is not a folder');
  });

  // The one folder in which not even root may create files.
  test.skipIf(!existsSync('/proc/self'))('an unwritable folder is refused', async () => {
    const error = await refusal({ database: '/proc/log.db' });
    expect(error.code).toBe('database');
    expect(error.message).toContain(
      'cannot use "/proc/log.db" as the database: it can\'t be opened for writing',
    );
  });
});

test('several clients at once lose nothing', async () => {
  const db = await start();
  const clients = Array.from({ length: 8 }, () => connect(db.address));
  await Promise.all(
    clients.flatMap((client, c) =>
      Array.from({ length: 50 }, (_, i) =>
        client.report(`t${c % 4}`, [row(`${T(1).slice(0, -1)}.${c + 10}${i + 10}1Z`, `${c}-${i}`)]),
      ),
    ),
  );
  expect(db.requests).toEqual({ report: 400, get: 0, delete: 0, health: 0, failed: 0 });
  expect(db.trials().sort()).toEqual(['t0', 't1', 't2', 't3']);
  for (const trial of db.trials()) {
    const rows = db.observations(trial);
    expect(new Set(rows.map((o) => o.value)).size).toBe(100);
    expect(rows.map((o) => o.time)).toEqual(rows.map((o) => o.time).sort());
  }
});

describe('onReport', () => {
  test('tells of stored reports in the words of the client', async () => {
    const db = await start();
    const client = connect(db.address);
    const seen: { report: Report; stored: number }[] = [];
    const stop = db.onReport((report) => seen.push({ report, stored: db.observations(report.trial).length }));
    await client.report('t', [row('2026-06-22T22:07:21.5000009+02:00', '1'), row(''), row(T(1), '2')]);
    await failure(client.report('t', [row('x')]));
    expect(seen).toEqual([
      {
        report: {
          trial: 't',
          rows: [
            { name: 'loss', value: '1', time: '2026-06-22T22:07:21.5000009+02:00' },
            { name: 'loss', value: '2', time: T(1) },
          ],
          skipped: 1,
        },
        stored: 2,
      },
    ]);
    stop();
    stop();
    await client.report('t', [row(T(2))]);
    expect(seen).toHaveLength(1);
    expect(db.requests).toEqual({ report: 3, get: 0, delete: 0, health: 0, failed: 1 });
  });

  test('what a listener throws becomes an uncaught exception and reaches nobody else', async () => {
    const uncaught: unknown[] = [];
    vi.stubGlobal('queueMicrotask', (task: () => void) => {
      Promise.resolve()
        .then(task)
        .catch((error: unknown) => uncaught.push(error));
    });
    try {
      const db = await start();
      const seen: string[] = [];
      db.onReport(() => {
        throw new Error('listener');
      });
      db.onReport((report) => seen.push(report.trial));
      await connect(db.address).report('t', [row(T(1))]);
      expect(seen).toEqual(['t']);
      expect(uncaught).toEqual([new Error('listener')]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('one function may listen twice', async () => {
    const db = await start();
    let calls = 0;
    const listener = () => void calls++;
    const stop = db.onReport(listener);
    db.onReport(listener);
    stop();
    await connect(db.address).report('t', [row(T(1))]);
    expect(calls).toBe(1);
  });
});

test('observations() refuses a time that is none', async () => {
  const db = await start();
  expect(() => db.observations('t', { startTime: 'today' })).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('today') }),
  );
});
