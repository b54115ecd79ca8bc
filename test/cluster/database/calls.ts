import { seeded } from '../../client/reliability/chance.ts';
import { generateTime } from '../collector/generate-time.ts';

type Differs = Readonly<Record<string, string>>;

/** A call of the DB manager's services, and where a database is known to answer otherwise than the embedded one. */
export interface Call {
  readonly method: 'ReportObservationLog' | 'GetObservationLog' | 'DeleteObservationLog' | 'Check';
  readonly request: Readonly<Record<string, unknown>>;
  /** Why, by the database's name. */
  readonly differs?: Differs;
}

interface Row {
  readonly time_stamp?: string;
  readonly metric?: { readonly name?: string; readonly value?: string };
}

const time = (second: number, rest = 'Z') => `2026-06-22T20:07:${String(second).padStart(2, '0')}${rest}`;
const row = (at: string, value = '0.5', name = 'loss'): Row => ({ time_stamp: at, metric: { name, value } });
const report = (trial: string, rows: readonly Row[], differs?: Differs): Call => ({
  method: 'ReportObservationLog',
  request: { trial_name: trial, observation_log: { metric_logs: rows } },
  ...(differs === undefined ? {} : { differs }),
});
const get = (trial: string, filter: object = {}, differs?: Differs): Call => ({
  method: 'GetObservationLog',
  request: { trial_name: trial, ...filter },
  ...(differs === undefined ? {} : { differs }),
});
const remove = (trial: string): Call => ({ method: 'DeleteObservationLog', request: { trial_name: trial } });
const check = (service: string): Call => ({ method: 'Check', request: { service } });

/** A report into a trial of its own, and what is then there. */
const stores = (trial: string, rows: readonly Row[], onReport?: Differs, onGet?: Differs): Call[] => [
  report(trial, rows, onReport),
  get(trial, {}, onGet),
];

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => row(time(1, `.${String(at).padStart(6, '0')}Z`), String(at)));

const noNul = { PostgreSQL: 'it takes no NUL' };
const noLimit = { PostgreSQL: 'its texts have no limit' };
const calendar = { PostgreSQL: 'its calendar has more years' };
const cut = { ...noLimit, MariaDB: 'it names the character that it would have to cut' };
const rounds = { PostgreSQL: 'it rounds to microseconds, MySQL gets them cut' };
const tooMany = { PostgreSQL: 'it counts the parameters itself, as Error 1390 does' };
const names = { PostgreSQL: 'it compares names exactly' };

/** The calls, in the order in which they are made. */
export const calls: readonly Call[] = [
  ...['', 'grpc.health.v1.Health', 'katib'].map(check),
  ...stores('empty', []),
  ...stores('no-times', [row(''), row('')]),
  ...stores('one-time', [row(''), row(time(1)), { time_stamp: '' }]),
  ...stores('bad-time', [row(time(1)), row('yesterday')]),
  ...stores('order', [
    row(time(3), 'c'),
    row(time(1, '.5Z'), 'b'),
    row(time(1), 'a'),
    row('0001-01-01T00:00:00Z', '0'),
  ]),
  ...stores(
    'fractions',
    ['.1', '.12', '.123456', '.1234567', '.999999999'].map((each) => row(time(1, `${each}Z`), each)),
    undefined,
    rounds,
  ),
  ...oddTimes(),
  ...stores('year-0', [row('0000-03-01T00:00:00Z')], calendar, calendar),
  ...stores('before-year-0', [row('0000-01-01T00:00:00+01:00')]),
  ...stores('year-10000', [row('9999-12-31T23:59:59-01:00')], calendar),
  ...stores(
    'values',
    ['', ' 0.5 ', 'nan', '-', 'é😀', "'; DROP TABLE observation_logs; --", '\t\n', '%s?', '\\'].map(
      (value, at) => row(time(at), value),
    ),
  ),
  ...stores('nul', [row(time(1), 'a\0b')], noNul, noNul),
  ...stores('nul-name', [row(time(1), '1', 'a\0b')], noNul, noNul),
  ...stores('value-fits', [row(time(1), 'x'.repeat(65_535))]),
  ...stores('value-too-long', [row(time(1), 'x'.repeat(65_536))], noLimit, noLimit),
  ...stores('value-blanks', [row(time(1), `1${' '.repeat(65_536)}`)], undefined, noLimit),
  ...stores('value-wide', [row(time(1), '😀'.repeat(16_384))], cut, noLimit),
  ...stores('name-fits', [row(time(1), '1', 'n'.repeat(255))]),
  ...stores('name-wide', [row(time(1), '1', '😀'.repeat(255))]),
  ...stores('name-too-long', [row(time(1), '1', 'n'.repeat(256))]),
  ...stores('name-blanks', [row(time(1), '1', `n${' '.repeat(300)}`)]),
  ...stores('t'.repeat(255), [row(time(1))]),
  ...stores('t'.repeat(256), [row(time(1))]),
  ...stores('', [row(time(1))]),
  ...stores('most-rows', many(16_383)),
  ...stores('too-many-rows', many(16_384), tooMany),
  report(
    'filters',
    [1, 2, 3, 4].flatMap((at) => [row(time(at), String(at)), row(time(at, '.5Z'), String(at), 'acc')]),
  ),
  ...[
    { metric_name: 'acc' },
    { metric_name: 'acc', start_time: time(2), end_time: time(3) },
    { start_time: time(4) },
    { end_time: '2026-06-22T22:07:01.0000009+02:00' },
    { metric_name: 'none' },
    { start_time: 'x' },
    { end_time: 'x' },
    { start_time: time(4), end_time: time(1) },
    { start_time: '2026-02-30T00:00:00Z' },
  ].map((filter) => get('filters', filter)),
  get('filters', { metric_name: 'ACC' }, names),
  get('Filters', {}, names),
  get('none'),
  remove('filters'),
  remove('filters'),
  get('filters'),
];

/** Calls that end the process of Katib's DB manager; the embedded one answers as a client then sees it. */
export const crashes: readonly Call[] = [
  { method: 'ReportObservationLog', request: { trial_name: 'no-log' } },
  report('no-metric', [{ time_stamp: time(1) }]),
];

/** Times as Go may take them or not, one a trial. */
function oddTimes(): Call[] {
  const chance = seeded(5);
  return Array.from({ length: 60 }, () => generateTime(chance))
    .filter((each) => !each.startsWith('0000'))
    .flatMap((each, at) => stores(`odd-${at}`, [row(each)]));
}
