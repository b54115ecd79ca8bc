import { describe, expect, it } from 'vitest';
import { compareOutput } from '../../src/compare/compare-output.ts';
import type { MovedLines } from '../../src/compare/mask-line-numbers.ts';
import { runOf } from '../run.ts';

/** The message of the difference, else the masks. */
function compare(
  before: string,
  after: string,
  moved: readonly MovedLines[] = [],
): string | readonly string[] {
  const [one, other] = [runOf({ stderr: before }), runOf({ stderr: after })];
  const { difference, masks } = compareOutput('stderr', one, other, moved);
  return difference?.message ?? masks;
}

const head = 'Traceback (most recent call last):\n';

describe('compareOutput', () => {
  it('wants every byte the same', () => {
    expect(compare('a\nb\n', 'a\nb\n')).toEqual([]);
    expect(compare('a\nb\n', 'a\nc\n')).toBe('stderr line 2: the original writes "b", the rewritten one "c"');
    expect(compare('a\r\n', 'a\n')).toContain('line 1');
    expect(compare('a\n', 'a')).toBe('stderr line 2: the original writes "", the rewritten one nothing');
    expect(compare('a', 'a ')).toContain('line 1');
    expect(compare('a', 'a\nkatib-push: lost')).toContain('line 2');
  });

  it('compares bytes that are no text', () => {
    const [one, other] = [Buffer.from([0xff, 10]), Buffer.from([0xfe, 10])];
    const difference = compareOutput(
      'stdout',
      { ...runOf({}), stdout: one },
      { ...runOf({}), stdout: other },
    );
    expect(difference.difference).toBeDefined();
  });

  it('names the stream by the name that each run gave it', () => {
    const before = runOf({ stdout: '/tmp/a1/work\n', names: [{ text: '/tmp/a1', standIn: '<run>' }] });
    const after = runOf({ stdout: '/tmp/b2/work\n', names: [{ text: '/tmp/b2', standIn: '<run>' }] });
    expect(compareOutput('stdout', before, after)).toEqual({ masks: ['run-names'] });
  });
});

describe('quoted source', () => {
  it('masks what a traceback of Python 3.11 quotes, and its carets', () => {
    expect(
      compare(
        `${head}  File "t.py", line 3, in train\n    print(f"{1/0}")\n            ~^~\nZeroDivisionError: division by zero\n`,
        `${head}  File "t.py", line 3, in train\n    _katib_push(print)(f"{1/0}")\n                         ~^~\nZeroDivisionError: division by zero\n`,
      ),
    ).toEqual(['quoted-source']);
  });

  it('masks carets that Python leaves out where they would mark the whole line', () => {
    expect(
      compare(
        `${head}  File "t.py", line 9, in <module>\n    print(Bad())\nValueError: x\n`,
        `${head}  File "t.py", line 9, in <module>\n    _katib_push(print)(Bad())\n    ~~~~~~~~~~~~~~~~~~^^^^^^^\nValueError: x\n`,
      ),
    ).toEqual(['quoted-source']);
  });

  it('masks the several lines of a statement that Python 3.13 quotes', () => {
    expect(
      compare(
        `${head}  File "t.py", line 2, in <module>\n    print(\n    ~~~~~^\n        Bad(),\n        ^^^^^^\n    )\n    ^\nValueError: x\n`,
        `${head}  File "t.py", line 2, in <module>\n    _katib_push(print)(\n    ~~~~~~~~~~~~~~~~~~^\n        Bad(),\n        ^^^^^^\n    )\n    ^\nValueError: x\n`,
      ),
    ).toEqual(['quoted-source']);
  });

  it('masks quotes in the middle of a program, in groups and behind ranks', () => {
    const quote = (source: string) =>
      `start\n  + ${head}  |   File "t.py", line 2, in f\n  |     ${source}\n  | E: x\nend\n`;
    expect(compare(quote('print(f())'), quote('_katib_push(print)(f())'))).toEqual(['quoted-source']);
    const rank = (source: string) =>
      `[rank0]: ${head}[rank0]:   File "t.py", line 2, in f\n[rank0]:     ${source}\n`;
    expect(compare(rank('print(f())'), rank('_katib_push(print)(f())'))).toEqual(['quoted-source']);
  });

  it('masks what a warning quotes', () => {
    const warning = (source: string) => `t.py:7: UserWarning: careful\n  ${source}\nnext\n`;
    expect(compare(warning('print(f())'), warning('_katib_push(print)(f())'))).toEqual(['quoted-source']);
  });

  it('masks nothing outside a quote', () => {
    expect(compare('    print(x)\n', '    _katib_push(print)(x)\n')).toContain('line 1');
    expect(
      compare(
        `${head}  File "t.py", line 3\nprint(x)\n`,
        `${head}  File "t.py", line 3\n_katib_push(print)(x)\n`,
      ),
    ).toContain('line 3');
  });

  it('masks no other change of a quoted line', () => {
    const quote = (source: string, line = 2, carets = '') =>
      `${head}  File "t.py", line ${line}, in f\n    ${source}\n${carets}E: x\n`;
    expect(compare(quote('print(x)'), quote('_katib_push(print)(y)'))).toContain('line 3');
    expect(compare(quote('print(x)'), quote('_katib_push(print)(x)', 3))).toContain('line 2');
    expect(compare(quote('f(x)', 2, '    ~^^^\n'), quote('f(x)', 2, '    ^^^^\n'))).toContain('line 4');
    expect(compare(quote('print(x)'), `${quote('_katib_push(print)(x)')}more\n`)).toContain('line 5');
  });

  it('does not take carets of a later frame for those of a masked one', () => {
    const frames = (source: string, carets: string) =>
      `${head}  File "t.py", line 2, in f\n    ${source}\n  File "t.py", line 1, in g\n    g()\n    ${carets}\nE: x\n`;
    expect(compare(frames('print(x)', '~^^'), frames('_katib_push(print)(x)', '^^^'))).toContain('line 6');
  });
});

describe('source that Node quotes', () => {
  const report = (source: string, column: number, place = '/w/a.js:2') =>
    `${place}\n${source}\n${' '.repeat(column - 1)}^\n\nError: x\n    at f (${place}:${column})\n    at g (b.js:1:4)\n\nNode.js v22.11.0\n`;
  const before = 'console.log(x); throw new Error("x")';
  const after = '_katib_push(console).log(x); throw new Error("x")';

  it('masks the line, its caret and columns in it', () => {
    expect(compare(report(before, 17), report(after, 30))).toEqual(['quoted-source']);
    expect(compare(report(before, 17, '[eval]:2'), report(after, 30, '[eval]:2'))).toEqual(['quoted-source']);
    expect(compare(report('f()', 1), report('_katib_push(f)()', 1))).toEqual(['quoted-source']);
    const warning = (source: string) =>
      `Warning: Detected unsettled top-level await at file:///w/a.mjs:1\n${source}\n^\n\n\n`;
    expect(compare(warning(before), warning(after))).toEqual(['quoted-source']);
  });

  it('masks no other column, place or line', () => {
    expect(compare(report(before, 17), report(after, 29))).toContain('line 6');
    expect(compare(report(before, 17), report(after, 30, '/w/a.js:3'))).toContain('line 1');
    expect(compare(report(before, 17), report(after.replace('(x)', '(y)'), 30))).toContain('line 2');
    expect(compare(report(before, 17), report(after, 30).replace('b.js:1:4', 'b.js:1:17'))).toContain(
      'line 7',
    );
    expect(compare(`a\n${before}\n`, `a\n${after}\n`)).toContain('line 2');
  });
});

describe('progress bars', () => {
  it('masks the times of tqdm, and keeps its postfix', () => {
    const bar = (times: string, loss = '0.5') => `\r 50%|█████     | 1/2 [${times}, loss=${loss}]`;
    expect(compare(bar('00:00<00:01,  7.35it/s'), bar('00:01<?, ?it/s'))).toEqual(['progress-time']);
    expect(compare(bar('00:00<00:00, 12.1kB/s'), bar('1:02:03<00:00,  2.0s/batch'))).toEqual([
      'progress-time',
    ]);
    expect(compare(bar('00:00<00:01, 7it/s', '0.5'), bar('00:00<00:01, 7it/s', '0.6'))).toContain('0.6');
    expect(compare('0it [00:00, ?it/s]', '0it [00:01, 5it/s]')).toEqual(['progress-time']);
    const wide = (drawn: string, rate: string) => ` 25%|${drawn}| 1/4 [00:00<00:00, ${rate}it/s, x]`;
    expect(compare(wide('█████▎              ', '697.89'), wide('█████▌               ', '40.93'))).toEqual([
      'progress-time',
    ]);
    expect(compare(wide('###7       ', '697.89'), wide('###8        ', '40.93'))).toEqual(['progress-time']);
  });

  it('masks the times of Keras, and keeps its metrics', () => {
    const bar = (times: string, loss = '0.5') =>
      `\u001b[1m10/10\u001b[0m \u001b[32m━━━━\u001b[0m \u001b[1m${times} - loss: ${loss}`;
    expect(compare(bar('0s\u001b[0m 12ms/step'), bar('1s\u001b[0m 980us/step'))).toEqual(['progress-time']);
    expect(compare(bar('0s 1ms/step', '0.5'), bar('0s 1ms/step', '0.6'))).toContain('0.6');
    const old = (eta: string) => `32/60000 [>.............................] - ETA: ${eta} - loss: 2.3`;
    expect(compare(old('4:12'), old('59s'))).toEqual(['progress-time']);
  });

  const tqdm = (percent: number, times: string, more = '') =>
    `\r ${percent}%|█████     | ${percent}/100 [${times}${more}]`;

  it('masks the blanks with which a bar clears a longer one', () => {
    const before = `${tqdm(50, '00:00<00:00, 12.25it/s')}${tqdm(60, '00:00<00:00,  8it/s')}  \n`;
    const after = `${tqdm(50, '00:00<00:00, 8it/s')}${tqdm(60, '00:00<00:00, 12.25it/s')}\n`;
    expect(compare(before, after)).toEqual(['progress-time']);
    const keras = (blanks: number, times: string) =>
      `${'\b'.repeat(blanks)}\r1/2 [=====>....] - ETA: ${times}\b\b\r2/2 [==========] - 1s - loss: 0.5\n`;
    expect(compare(keras(0, '12s'), keras(9, '1:02'))).toEqual(['progress-time']);
  });

  it('masks how often a bar was drawn, and not its last state', () => {
    const draw = (percents: readonly number[], last = '') =>
      `${percents.map((one) => tqdm(one, '00:00<00:00, 8it/s')).join('')}${last}\nloss=1\n`;
    expect(compare(draw([0, 50, 100]), draw([0, 100]))).toEqual(['progress-frames']);
    expect(compare(draw([0, 50, 100]), draw([0, 50]))).toContain('line 1, from character');
    expect(compare(draw([0, 50], '\r      \r'), draw([0, 70], '\r   \r'))).toEqual(['progress-frames']);
    expect(compare(draw([0, 50], '\rdone'), draw([0, 70], '\rdome'))).toContain('line 1');
    const said = (text: string) =>
      `${tqdm(0, '00:00<?, ?it/s')}\r      \r${text}\n${tqdm(1, '00:01<00:00, 1it/s')}`;
    expect(compare(said('loss=1'), said('loss=2'))).toContain('line 1');
  });

  it('masks the times of other bars', () => {
    const rich = (times: string) => `Epoch 1/2 ━━━━━━━━━━━━ 10/10 ${times} loss: 0.5`;
    expect(compare(rich('0:00:01 • 0:00:00 12.3it/s'), rich('0:00:02 • -:--:-- 9.81it/s'))).toEqual([
      'progress-time',
    ]);
    const other = (times: string) => ` 50% (5 of 10) |#####     | ${times}`;
    expect(
      compare(other('Elapsed Time: 0:00:01 ETA:   0:00:01'), other('Elapsed Time: 0:00:02 ETA:  0:01:01')),
    ).toEqual(['progress-time']);
    expect(compare(rich('0:00:01 loss=0.5'), rich('0:00:01 loss=0.6'))).toContain('line 1');
  });

  it('shows where long lines part', () => {
    const long = (end: string) => `${'x'.repeat(200)}${end}\n`;
    expect(compare(long('loss=0.5'), long('loss=0.6'))).toBe(
      `stderr line 1, from character 208: the original writes "…${'x'.repeat(23)}loss=0.5", the rewritten one "…${'x'.repeat(23)}loss=0.6"`,
    );
  });

  it('masks no times elsewhere', () => {
    expect(compare('took 3s', 'took 4s')).toContain('line 1');
    expect(compare('1/2 done in 3s', '1/2 done in 4s')).toContain('line 1');
    expect(compare('[00:01]', '[00:02]')).toContain('line 1');
  });
});

describe('line numbers of a script in which the prelude took a line', () => {
  const moved = [{ script: 'train.py', from: 3, anywhere: false }];
  const trace = (line: number, source: string) =>
    `${head}  File "/w/train.py", line ${line}, in f\n    ${source}\nE: x\n`;

  it.each([
    [
      'a traceback',
      trace(9, 'print(x)'),
      trace(10, '_katib_push(print)(x)'),
      ['line-numbers', 'quoted-source'],
    ],
    [
      'a warning',
      '/w/train.py:9: UserWarning: old\n',
      '/w/train.py:10: UserWarning: old\n',
      ['line-numbers'],
    ],
    ['a log', '[train.py:99] loss=1\n', '[train.py:100] loss=1\n', ['line-numbers']],
    ['loguru', '__main__:train:9 - loss=1\n', '__main__:train:10 - loss=1\n', ['line-numbers']],
  ])('are masked in %s', (_where, before, after, masks) => {
    expect(compare(before, after, moved)).toEqual(masks);
    expect(compare(before, after)).toContain('line');
  });

  it.each([
    ['by more than one', 'train.py:9\n', 'train.py:11\n'],
    ['backwards', 'train.py:9\n', 'train.py:8\n'],
    ['above the prelude', 'train.py:2\n', 'train.py:3\n'],
    ['of another file', 'helper.py:9\n', 'helper.py:10\n'],
    [
      'of a value',
      'train.py:9 took so long that nobody stayed to the end of it, loss=3\n',
      'train.py:9 took so long that nobody stayed to the end of it, loss=4\n',
    ],
    ['without a name', '9 loss=1\n', '10 loss=1\n'],
  ])('are not masked %s', (_what, before, after) => {
    expect(compare(before, after, moved)).toContain('line 1');
  });

  it('are masked anywhere if the script shows them', () => {
    expect(compare('9 loss=1\n', '10 loss=1\n', [{ script: 'train.py', from: 3, anywhere: true }])).toEqual([
      'line-numbers',
    ]);
  });
});
