import { connectDbManager, startDbManager } from '@katib-push/db-manager';
import { afterAll, describe, expect, it } from 'vitest';

const manager = await startDbManager();
afterAll(() => manager.close());

const rows = [
  { time: '2026-01-01T00:00:00.000002Z', name: 'loss', value: '0.5' },
  { time: '2026-01-01T00:00:00.000001Z', name: 'acc\u00e9', value: '' },
];

describe('connectDbManager', () => {
  it('stores rows', async () => {
    const connection = connectDbManager(manager.address);
    expect(await connection.report('t', rows)).toEqual({ status: 0, message: '' });
    connection.close();
    expect(manager.observations('t').map(({ time, name, value }) => ({ time, name, value }))).toEqual(
      rows.toReversed(),
    );
  });

  it('answers what the server says against rows', async () => {
    const connection = connectDbManager(manager.address);
    const answer = await connection.report('t', [{ time: 'never', name: 'loss', value: '1' }]);
    connection.close();
    expect(answer).toMatchObject({ status: 2, message: expect.stringContaining('never') });
  });

  it.each([
    ['nobody listens', '127.0.0.1:1'],
    ['there is no such name', 'katib.invalid:6789'],
  ])('answers UNAVAILABLE where %s', async (_, address) => {
    const connection = connectDbManager(address, { deadline: 5000 });
    const answer = await connection.report('t', rows);
    connection.close();
    expect([4, 14]).toContain(answer.status);
    expect(answer.message).not.toBe('');
  });
});
