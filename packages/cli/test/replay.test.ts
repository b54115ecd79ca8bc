import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDbManager } from '@katib-push/db-manager';
import { run } from 'katib-push';
import { afterAll, describe, expect, it } from 'vitest';
import { type StrictServer, startStrictServer } from '../../../test/client/strict-server.ts';
import { processIo } from '../src/process-io.ts';
import { loadServices } from '../src/services.ts';
import { fakeIo } from './fake-io.ts';

const manager = await startDbManager();
afterAll(() => manager.close());

let trials = 0;
const newTrial = () => `replayed-${++trials}`;

function line(trial: string, micro: number, value: string, name = 'loss'): string {
  const time = `2026-01-01T00:00:00.${String(micro).padStart(6, '0')}Z`;
  return `${JSON.stringify({ trial_name: trial, time_stamp: time, metric: { name, value } })}\n`;
}

function stored(trial: string): string[] {
  return manager.observations(trial).map(({ name, value, time }) => `${time} ${name}=${value}`);
}

async function replay(
  files: Readonly<Record<string, string>>,
  more: readonly string[] = [],
  address = manager.address,
) {
  const { io, written, textOf, append } = fakeIo({ files, env: { KATIB_DB_MANAGER_ADDRESS: address } });
  const again = async (argv = more) => {
    written.stdout = '';
    written.stderr = '';
    const code = await run(['replay', ...Object.keys(files), ...argv], io, loadServices());
    return { code, ...written, left: textOf(Object.keys(files)[0] as string) };
  };
  return { ...(await again()), again, append };
}

describe('katib-push replay', () => {
  it('delivers rows with their times, and removes the file', async () => {
    const trial = newTrial();
    const text =
      line(trial, 1, '0.5') + line(trial, 2, '0.25') + line(trial, 2, '0.9', 'acc\u00e9"\\\u{1f600}');
    const { code, stdout, stderr, left } = await replay({ 'rows.jsonl': text });
    expect({ code, stderr, left }).toEqual({ code: 0, stderr: '', left: undefined });
    expect(stdout).toBe(`rows.jsonl: 3 rows delivered to ${manager.address}, the file is removed.\n`);
    expect(stored(trial)).toEqual([
      '2026-01-01T00:00:00.000001Z loss=0.5',
      '2026-01-01T00:00:00.000002Z loss=0.25',
      '2026-01-01T00:00:00.000002Z acc\u00e9"\\\u{1f600}=0.9',
    ]);
  });

  it('with --keep keeps the file, and sends nothing twice', async () => {
    const trial = newTrial();
    const { code, stdout, left, again, append } = await replay({ 'rows.jsonl': line(trial, 1, '1') }, [
      '--keep',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('1 row delivered');
    expect(stdout).toContain('the file is kept');
    expect(left).toBe(`#${line(trial, 1, '1').slice(1)}`);
    expect(await again()).toMatchObject({ code: 0, left });
    append('rows.jsonl', line(trial, 2, '2'));
    expect(await again([])).toMatchObject({ code: 0, left: undefined });
    expect(stored(trial)).toHaveLength(2);
  });

  it.each([
    ['it is not JSON', 'not a row'],
    ['it is not JSON', '{"trial_name":"t","time_stamp":"2026-01-01T00:00:00.00'],
    ['trial_name', '{}'],
    ['trial_name', '7'],
    ['trial_name', 'null'],
    ['trial_name', '{"trial_name":"","time_stamp":"2026-01-01T00:00:00Z","metric":{"name":"a","value":"1"}}'],
    ['time_stamp', '{"trial_name":"t","time_stamp":"yesterday","metric":{"name":"a","value":"1"}}'],
    [
      'time_stamp',
      '{"trial_name":"t","time_stamp":"2026-13-01T00:00:00Z","metric":{"name":"a","value":"1"}}',
    ],
    ['metric.name', '{"trial_name":"t","time_stamp":"2026-01-01T00:00:00Z","metric":{"value":"1"}}'],
    [
      'metric.value',
      '{"trial_name":"t","time_stamp":"2026-01-01T00:00:00Z","metric":{"name":"a","value":1}}',
    ],
  ])('leaves what is no row, and names it (%s): %s', async (why, bad) => {
    const trial = newTrial();
    const rows = [line(trial, 1, '1'), `${bad}\n`, '\n', line(trial, 2, '2')];
    const { code, stdout, stderr, left, again } = await replay({ 'r.jsonl': rows.join('') });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error bad-row: The line is no row: /);
    expect(stderr).toContain(why);
    expect(stderr).toContain('at r.jsonl:2:1');
    expect(stdout).toBe(`r.jsonl: 2 rows delivered to ${manager.address}, 1 line left in the file.\n`);
    expect(left).toBe(rows.map((row) => (row.includes(trial) ? `#${row.slice(1)}` : row)).join(''));
    expect(await again()).toMatchObject({ code: 2, left });
    expect(stored(trial)).toHaveLength(2);
  });

  it('sends many rows of several trials in calls below 1 000', async () => {
    const [one, other] = [newTrial(), newTrial()];
    const rows = Array.from({ length: 5000 }, (_, i) => line(i % 2500 < 1500 ? one : other, i, String(i)));
    const server = await startStrictServer(() => ({}));
    expect(await replay({ 'r.jsonl': rows.join('') }, [], server.address)).toMatchObject({
      code: 0,
      left: undefined,
    });
    server.close();
    expect(server.rows).toEqual(Array.from({ length: 5000 }, (_, i) => `loss=${i}`));
    expect(server.calls).toBe(8); // 1500, 1000, 1500, 1000
  });

  it('with --trial sends the rows of one trial only', async () => {
    const [one, other] = [newTrial(), newTrial()];
    const text = line(one, 1, '1') + line(other, 1, '2') + line(one, 2, '3');
    const { code, stdout, left, again } = await replay({ 'r.jsonl': text }, ['--trial', one]);
    expect({ code, kept: left?.split('\n')[1] }).toEqual({ code: 0, kept: line(other, 1, '2').trim() });
    expect(stdout).toContain('2 rows delivered');
    expect(stdout).toContain('1 line left');
    expect(stored(other)).toEqual([]);
    expect(await again([])).toMatchObject({ code: 0, left: undefined });
    expect([stored(one).length, stored(other).length]).toEqual([2, 1]);
  });

  it('finds the row that the server refuses, and delivers the others', async () => {
    const trial = newTrial();
    const rows = Array.from({ length: 8 }, (_, i) =>
      line(trial, i, i === 5 ? '7'.repeat(70_000) : String(i)),
    );
    const { code, stderr, left, again } = await replay({ 'r.jsonl': rows.join('') });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error row-refused: 127\.\S+ refuses the row: grpc-status \d+ .*Data too long/);
    expect(stderr).toContain('at r.jsonl:6:1');
    expect(stored(trial)).toHaveLength(7);
    expect(left?.split('\n')[5]).toBe(rows[5]?.trim());
    expect(await again()).toMatchObject({ code: 2, left });
    expect(stored(trial)).toHaveLength(7);
  });

  it.each([
    ['that nobody listens at', '127.0.0.1:1', /grpc-status 14 /],
    ['that there is not', 'katib.invalid:6789', /grpc-status 14 /],
  ])('keeps everything where the address is one %s', async (_, address, why) => {
    const text = line('t', 1, '1') + line('t', 2, '2');
    const { code, stdout, stderr, left } = await replay(
      { 'r.jsonl': text },
      ['--address', address],
      'elsewhere:1',
    );
    expect({ code, left }).toEqual({ code: 2, left: text });
    expect(stderr).toMatch(/^error not-delivered: 2 rows did not reach /);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(why);
    expect(stdout).toBe(`r.jsonl: 0 rows delivered to ${address}, 2 lines left in the file.\n`);
  });

  it.each<[string, (call: number) => { status: number }, number, number]>([
    ['is unavailable at first', (call) => ({ status: call < 3 ? 14 : 0 }), 0, 3],
    ['has trouble at first', (call) => ({ status: call < 3 ? 2 : 0 }), 0, 3],
    ['knows no such call', () => ({ status: 12 }), 2, 1],
  ])('a server that %s', async (_, answer, wanted, calls) => {
    const server: StrictServer = await startStrictServer(answer);
    const text = line('t', 1, '1');
    const { code, left } = await replay({ 'r.jsonl': text }, [], server.address);
    server.close();
    expect({ code, left, calls: server.calls }).toEqual({
      code: wanted,
      left: wanted ? text : undefined,
      calls,
    });
  });

  it('gives up where every row is refused', async () => {
    const server = await startStrictServer(() => ({ status: 3 }));
    const text = Array.from({ length: 100 }, (_, i) => line('t', i, String(i))).join('');
    const { code, stderr, left } = await replay({ 'r.jsonl': text }, [], server.address);
    server.close();
    expect({ code, left }).toEqual({ code: 2, left: text });
    expect(stderr).toContain('error not-delivered: 100 rows did not reach');
    expect(server.calls).toBeLessThan(40);
  });

  it('delivers what is appended meanwhile, too', async () => {
    const trial = newTrial();
    const files = { 'r.jsonl': line(trial, 1, '1') };
    const { io, textOf, append } = fakeIo({ files, env: { KATIB_DB_MANAGER_ADDRESS: manager.address } });
    let appended = false;
    const growing = {
      ...io,
      patchFile: async (...args: Parameters<typeof io.patchFile>) => {
        await io.patchFile(...args);
        if (!appended) append('r.jsonl', line(trial, 2, '2'));
        appended = true;
      },
    };
    expect(await run(['replay', 'r.jsonl'], growing, loadServices())).toBe(0);
    expect(textOf('r.jsonl')).toBeUndefined();
    expect(stored(trial)).toHaveLength(2);
  });

  it('several files; one that is missing, and an empty one', async () => {
    const [one, other] = [newTrial(), newTrial()];
    const both = await replay({
      'a.jsonl': line(one, 1, '1'),
      'b.jsonl': line(other, 1, '1'),
      'c.jsonl': '',
    });
    expect(both.code).toBe(0);
    expect(both.stdout.split('\n')).toHaveLength(4);
    expect([stored(one).length, stored(other).length]).toEqual([1, 1]);
    const { io, written } = fakeIo({ env: {} });
    expect(await run(['replay', 'no.jsonl'], io, loadServices())).toBe(2);
    expect(written.stderr).toMatch(/^error file-not-readable: no\.jsonl can't be read: no such file/);
  });

  it('marks and removes real files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'katib-push-'));
    try {
      const trial = newTrial();
      const path = join(folder, 'r.jsonl');
      const rows = [line(trial, 1, 'caf\u00e9'), 'bad\n', line(trial, 2, '2')];
      writeFileSync(path, rows.join(''));
      const io = { ...fakeIo().io, ...real() };
      expect(await run(['replay', path, '--address', manager.address], io, loadServices())).toBe(2);
      expect(readFileSync(path, 'utf8')).toBe(rows.map((row) => row.replace(/^\{/, '#')).join(''));
      writeFileSync(path, line(trial, 3, '3'));
      expect(await run(['replay', path, '--address', manager.address], io, loadServices())).toBe(0);
      expect(() => readFileSync(path)).toThrow('ENOENT');
      expect(stored(trial)).toHaveLength(3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function real() {
  const { readFile, patchFile, removeFile, statFile, listFolder } = processIo();
  return { readFile, patchFile, removeFile, statFile, listFolder };
}
