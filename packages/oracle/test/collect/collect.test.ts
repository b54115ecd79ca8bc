import { describe, expect, it } from 'vitest';
import { collect, NO_TIME, OracleError, UNAVAILABLE } from '../../src/index.ts';

/** Rows without their times. */
function rows(output: string | Uint8Array, wanted: readonly string[], filters?: readonly string[]) {
  return collect(output, wanted, filters).map(({ name, value }) => `${name}=${value}`);
}

const unavailable = (name: string) => [{ name, value: UNAVAILABLE, time: NO_TIME }];

describe('collect, lines', () => {
  it('splits at \\n only', () => {
    expect(rows('loss=1\rloss=2\nloss=3\r\nloss=4', ['loss'])).toEqual([
      'loss=1',
      'loss=2',
      'loss=3',
      'loss=4',
    ]);
    expect(collect('a\rloss=1\u2028loss=2', ['loss'], ['^(loss)=(.*)$'])).toEqual(unavailable('loss'));
    expect(rows('loss=1\rrest', ['loss'], ['^(loss)=(.*)$'])).toEqual(['loss=1\rrest']);
  });

  it('counts the last line without \\n', () => {
    expect(rows('epoch 1\nloss=0.5', ['loss'])).toEqual(['loss=0.5']);
  });

  it('takes a line only if it contains a wanted name', () => {
    expect(collect('LOSS=0.5', ['loss'], ['(?i)(loss)=(.*)'])).toEqual(unavailable('loss'));
    // The name is in the line by chance, and the filter then reads another one of another case.
    expect(collect('Loss=1 gloss', ['loss'], ['(?i)(loss)=(.*)'])).toEqual(unavailable('loss'));
  });

  it('keeps a byte order mark in the text', () => {
    expect(collect(new TextEncoder().encode('\ufeffloss=1'), ['loss'], ['^(loss)=(.*)'])).toEqual(
      unavailable('loss'),
    );
    expect(rows(new TextEncoder().encode('\ufeffloss=1'), ['loss'])).toEqual(['loss=1']);
  });

  it('reads bytes that are no UTF-8', () => {
    expect(rows(Buffer.from('\xff loss=1\n', 'latin1'), ['loss'])).toEqual(['loss=1']);
  });
});

describe('collect, names and filters', () => {
  it('takes objective and additional metrics, all matches of a line in order', () => {
    const output = 'accuracy=0.9, loss=0.1 accuracy=0.8';
    expect(rows(output, ['loss', 'accuracy'])).toEqual(['accuracy=0.9', 'loss=0.1', 'accuracy=0.8']);
  });

  it('wants the name exactly', () => {
    expect(rows('val_loss=1 loss=2 loss-x=3 a|loss=4', ['loss'])).toEqual(['loss=2']);
    expect(rows('val|loss = 1', ['val|loss'])).toEqual(['val|loss=1']);
  });

  it('uses the default filter where none is given', () => {
    expect(rows('loss = -1.5e-3', ['loss'])).toEqual(['loss=-1.5e-3']);
    expect(rows('loss=.5 loss=1. loss=+2', ['loss'])).toEqual(['loss=.5', 'loss=1', 'loss=+2']);
    expect(rows('accuracy=91.2%', ['accuracy'])).toEqual(['accuracy=91.2']);
    expect(rows('acc=0.9', ['acc'], [])).toEqual(['acc=0.9']);
    expect(rows('acc=0.9', ['acc'], [''])).toEqual(['acc=0.9']);
    expect(collect('loss: 0.3', ['loss'])).toEqual(unavailable('loss'));
  });

  it('stores an empty value where the default filter finds no number', () => {
    expect(rows('loss=nan', ['loss'])).toEqual(['loss=']);
    expect(rows('loss=tensor(0.5)', ['loss'])).toEqual(['loss=']);
  });

  it('needs two groups', () => {
    expect(collect('loss=1', ['loss'], ['loss=(.*)'])).toEqual(unavailable('loss'));
    expect(rows('loss=1', ['loss'], ['loss=(.*)', '(loss)=(.*)'])).toEqual(['loss=1']);
  });

  it('adds up the matches of several filters, filter by filter', () => {
    const filters = ['(loss)=(\\d)', '(\\w+)=(\\d)'];
    expect(rows('acc=1 loss=2 loss=3', ['loss', 'acc'], filters)).toEqual([
      'loss=2',
      'loss=3',
      'acc=1',
      'loss=2',
      'loss=3',
    ]);
  });

  it('reads RE2, not JavaScript', () => {
    expect(rows('LOSS is in loss: 3', ['loss'], ['(?i)(?P<n>loss): (?P<v>[[:digit:]]+)'])).toEqual([
      'loss=3',
    ]);
    expect(rows('loss\u00a0=3 loss=4', ['loss'], ['(loss)\\s*=(\\d)'])).toEqual(['loss=4']);
  });

  it('treats groups that took no part as empty', () => {
    expect(rows('loss', ['loss'], ['(loss)(=\\d)?'])).toEqual(['loss=']);
  });

  it('trims both groups as Go does', () => {
    const output = 'x loss\u0085\u3000=\u2003 0.5\u0085|';
    expect(rows(output, ['loss'], ['x([^=]*)=([^|]*)\\|'])).toEqual(['loss=0.5']);
    expect(rows('loss=\ufeff1', ['loss'], ['(loss)=(.*)'])).toEqual(['loss=\ufeff1']);
  });

  it('takes a name once although it is wanted twice', () => {
    expect(rows('loss=1', ['loss', 'loss'])).toEqual(['loss=1']);
  });

  it('joins filters with ";" and splits them again', () => {
    expect(rows('loss=1;acc=2', ['loss', 'acc'], ['(loss)=(\\d);(acc)=(\\d)'])).toEqual(['loss=1', 'acc=2']);
    expect(() => rows('loss=1;', ['loss'], ['(loss)=(\\d);?'])).toThrow(/the filter \? is not/);
  });

  it('splits names that hold ";"', () => {
    expect(rows('a=1 b=2', ['a;b'])).toEqual(['a=1', 'b=2']);
  });
});

describe('collect, what is stored', () => {
  it('stores one unavailable row where the objective never appears, and no other', () => {
    expect(collect('accuracy=0.9', ['loss', 'accuracy'])).toEqual(unavailable('loss'));
    expect(collect('', ['loss'])).toEqual(unavailable('loss'));
  });

  it('keeps additional rows where the objective appears, be it empty', () => {
    expect(rows('accuracy=0.9\nloss=nan', ['loss', 'accuracy'])).toEqual(['accuracy=0.9', 'loss=']);
  });

  it.each([
    ['2026-06-22T20:07:21Z loss=1', '2026-06-22T20:07:21Z'],
    ['2026-06-22T20:07:21.123456789+02:00 loss=1', '2026-06-22T20:07:21.123456789+02:00'],
    ['2024-02-29T00:00:00Z loss=1', '2024-02-29T00:00:00Z'],
    ['2026-06-22T20:07:21Z\tloss=1', NO_TIME],
    [' 2026-06-22T20:07:21Z loss=1', NO_TIME],
    ['2026-06-22 20:07:21 loss=1', NO_TIME],
    ['2026-06-22t20:07:21z loss=1', NO_TIME],
    ['2025-02-29T00:00:00Z loss=1', NO_TIME],
    ['2026-06-22T20:07:60Z loss=1', NO_TIME],
    ['2026-06-22T24:00:00Z loss=1', NO_TIME],
    ['2026-06-22T20:07:21+0200 loss=1', NO_TIME],
    ['loss=1', NO_TIME],
  ])('takes the time of %j', (line, time) => {
    expect(collect(line, ['loss'])).toEqual([{ name: 'loss', value: '1', time }]);
  });

  it('crashes on an invalid filter, but only if a line gets there', () => {
    expect(() => collect('loss=1', ['loss'], ['(loss'])).toThrow(OracleError);
    expect(() => collect('loss=1', ['loss'], ['(?=loss)(=)'])).toThrow(
      /\(\?=loss\)\(=\) is not an RE2 expression/,
    );
    expect(collect('nothing', ['loss'], ['(loss'])).toEqual(unavailable('loss'));
  });

  it('takes two groups with one name, as Go does', () => {
    const [row] = collect('loss=1', ['loss'], ['(?P<m>[a-z]+)=(?P<m>[0-9.]+)']);
    expect(row).toMatchObject({ name: 'loss', value: '1' });
  });

  it('refuses to read without a wanted name', () => {
    expect(() => collect('loss=1', [])).toThrow(/no wanted metric/);
  });
});

describe('collect, as Go reads expressions', () => {
  it('takes two groups of one name', () => {
    expect(rows('loss=1', ['loss'], ['(?P<m>[a-z]+)=(?P<m>[0-9.]+)'])).toEqual(['loss=1']);
    expect(
      rows('(?P<m>loss=(1', ['loss'], [String.raw`(?:\Q(?P<m>\E)?(?<m>[(?<m>)a-z]+)=\(?(?<m>\d)`]),
    ).toEqual(['loss=1']);
    expect(() => rows('loss=1', ['loss'], ['(?P<a b>loss)=(.)'])).toThrow(OracleError);
  });

  it('counts no empty match directly behind another one', () => {
    expect(rows('loss', ['loss', ''], [String.raw`(\w*)(=?)`])).toEqual(['loss=']);
  });
});

describe('collect, a file in JSON', () => {
  const read = (...lines: string[]) => collect(lines.join('\n'), ['loss', 'acc'], [], 'JSON');
  const row = (name: string, value: string, time = NO_TIME) => ({ name, value, time });

  it('takes strings, in the order of the wanted names, and the time of the line', () => {
    expect(
      read(
        '{"acc":"0.9", "loss":"0.1", "timestamp":"2026-06-22T20:07:21Z"}',
        '',
        'null',
        '{"loss":0.2}',
        '{"loss":"0.3","loss":"0.4"}\r',
      ),
    ).toEqual([
      row('loss', '0.1', '2026-06-22T20:07:21Z'),
      row('acc', '0.9', '2026-06-22T20:07:21Z'),
      row('loss', '0.4'),
    ]);
  });

  it.each([
    ['1638422847', '2021-12-02T05:27:27Z'],
    ['1638422847.5', '2021-12-02T05:27:27.000000005Z'],
    ['-0.25', '1970-01-01T00:00:00.000000025Z'],
    ['1e-7', '1970-01-01T00:00:00.000000001Z'],
    ['253402300800', '10000-01-01T00:00:00Z'],
    ['-62167219201', '-0001-12-31T23:59:59Z'],
    ['1e18', '31688740476-10-23T01:46:40Z'],
    ['1e21', NO_TIME],
    ['"tomorrow"', NO_TIME],
    ['true', NO_TIME],
  ])('reads the time %s as Katib does', (time, stored) => {
    expect(read(`{"loss":"1","timestamp":${time}}`)).toEqual([row('loss', '1', stored)]);
  });

  it.each([' ', 'loss=1', '[]', '"loss"', '{"loss":"1",}', '{"x":1e999,"x":1}', '{"loss":"1"} x'])(
    'fails as a whole on %j',
    (line) => {
      expect(() => read('{"loss":"1"}', line)).toThrow(/line 2 is no JSON object/);
    },
  );
});
