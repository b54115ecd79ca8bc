import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatForMysql, parseGoTime } from '../src/go-time.ts';
import { connect, row } from './client.ts';
import { start } from './server.ts';

interface Case {
  readonly text: string;
  /** `t.UTC().Format("2006-01-02 15:04:05.999999")` of Go. */
  readonly time?: string;
  /** The text of its error. */
  readonly error?: string;
}

/** What Go's `time.Parse(time.RFC3339Nano, text)` gave. */
const cases = JSON.parse(readFileSync(new URL('go-times.json', import.meta.url), 'utf8')) as Case[];

test.each(cases)('reads $text as Go does', ({ text, time, error }) => {
  if (time !== undefined) expect(formatForMysql(parseGoTime(text))).toBe(time);
  else expect(() => parseGoTime(text)).toThrow(expect.objectContaining({ message: error }));
});

test.each([
  ['2026-06-22T20:07:21.1234569Z', '2026-06-22T20:07:21.123456Z'],
  ['2026-06-22T20:07:21.9999999Z', '2026-06-22T20:07:21.999999Z'],
  ['2026-06-22T20:07:21.120000Z', '2026-06-22T20:07:21.12Z'],
  ['2026-06-22T20:07:20.000000Z', '2026-06-22T20:07:20Z'],
  ['2026-06-22T20:07:21.0000001Z', '2026-06-22T20:07:21Z'],
  ['2026-01-01T01:30:00.5+02:00', '2025-12-31T23:30:00.5Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
])('%s comes back as %s', async (sent, answered) => {
  const db = await start();
  const client = connect(db.address);
  await client.report('t', [row(sent)]);
  expect((await client.get({ trial_name: 't' }))[0]?.time_stamp).toBe(answered);
  expect(db.observations('t')[0]?.time).toBe(answered);
});
