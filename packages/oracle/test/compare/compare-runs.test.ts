import { describe, expect, it } from 'vitest';
import { type CompareOptions, compareRuns, type TrialRun } from '../../src/index.ts';
import { pushedOf, runOf } from '../run.ts';

function compare(
  before: TrialRun,
  after: TrialRun,
  pushed: readonly string[],
  options: Partial<CompareOptions> = {},
) {
  return compareRuns(before, after, pushedOf(...pushed), {
    wanted: ['loss', 'acc'],
    filters: [],
    ...options,
  });
}

/** Both runs the same. */
function same(run: TrialRun, pushed: readonly string[], options: Partial<CompareOptions> = {}) {
  return compare(run, run, pushed, options);
}

const run = runOf({ stdout: 'epoch 1\nloss=0.5 acc=0.7\nloss=0.4\n', stderr: 'acc=0.8\n' });
const rows = ['loss=0.5', 'acc=0.7', 'acc=0.8', 'loss=0.4'];

describe('compareRuns', () => {
  it('finds a right rewrite identical', () => {
    expect(same(run, rows)).toEqual({
      identical: true,
      lost: 0,
      differences: [],
      knownDifferences: [],
      masks: [],
      rows: { expected: 4, pushed: 4 },
      notes: [],
    });
  });

  it.each([
    ['a dropped row', run, rows.slice(1), 'rows'],
    ['swapped rows', run, ['loss=0.4', 'acc=0.8', 'loss=0.5', 'acc=0.7'], 'rows'],
    ['an extra row', run, [...rows, 'loss=0.4'], 'rows'],
    [
      'a changed byte in stdout',
      { ...run, stdout: Buffer.from('Epoch 1\nloss=0.5 acc=0.7\nloss=0.4\n') },
      rows,
      'stdout',
    ],
    [
      'an added line in stderr',
      { ...run, stderr: Buffer.from('acc=0.8\nkatib-push: lost\n') },
      rows,
      'stderr',
    ],
    ['another exit code', { ...run, exitCode: 1 }, rows, 'exit'],
    [
      'a signal',
      runOf({ stdout: 'epoch 1\nloss=0.5 acc=0.7\nloss=0.4\n', stderr: 'acc=0.8\n', signal: 'SIGSEGV' }),
      rows,
      'exit',
    ],
    ['no end', { ...run, timedOut: true }, rows, 'run'],
  ] as const)('finds %s', (_, after, pushed, where) => {
    const result = compare(run, after, pushed);
    expect(result.identical).toBe(false);
    expect(result.differences.map((difference) => difference.where)).toEqual([where]);
  });

  it('takes the end by a signal as the exit code that a container has', () => {
    const printed = { stdout: 'loss=0.5\n' };
    const [before, after] = [runOf({ ...printed, signal: 'SIGSEGV' }), runOf({ ...printed, exitCode: 139 })];
    expect(compare(before, after, ['loss=0.5']).identical).toBe(true);
    expect(compare(before, { ...after, exitCode: 138 }, ['loss=0.5']).identical).toBe(false);
  });

  it('finds times that do not increase', () => {
    const pushed = pushedOf('loss=0.5', 'loss=0.4');
    const output = runOf({ stdout: 'loss=0.5\nloss=0.4\n' });
    const at = (...times: readonly string[]) =>
      compareRuns(
        output,
        output,
        pushed.map((row, index) => ({ ...row, time: times[index] ?? '' })),
        {
          wanted: ['loss'],
          filters: [],
        },
      ).differences;
    expect(at('2026-06-22T20:07:21.5Z', '2026-06-22T20:07:21.500001Z')).toEqual([]);
    expect(at('2026-06-22T20:07:21Z', '2026-06-22T20:07:21.5Z')).toEqual([]);
    expect(at('2026-06-22T20:07:21.5Z', '2026-06-22T20:07:21.5Z')).toMatchObject([{ where: 'times' }]);
    expect(at('2026-06-22T20:07:21.5Z', '2026-06-22T20:07:21Z')).toMatchObject([{ where: 'times' }]);
  });

  it('does not let a mask hide a row', () => {
    const bar = (rate: string) => runOf({ stdout: `1/2 [00:00<00:01, ${rate}it/s]\n` });
    const result = compareRuns(bar('1'), bar('2'), pushedOf('r=2'), {
      wanted: ['r'],
      filters: ['(r)?, (\\d)it'],
    });
    expect(result.masks).toEqual(['progress-time']);
    const named = compareRuns(bar('1'), bar('2'), pushedOf('1=2'), {
      wanted: ['01'],
      filters: ['(01), (\\d)it'],
    });
    expect(named.differences.map(({ message }) => message).join()).toContain('equal but for masks');
  });

  it('expects rows that the original pushes by itself', () => {
    const ownPushes = pushedOf('loss=9');
    expect(same(run, [...rows, 'loss=9'], { ownPushes }).identical).toBe(true);
    expect(same(run, rows, { ownPushes }).differences[0]?.message).toContain('the original holds loss = "9"');
  });
});

describe('chance', () => {
  const other = runOf({ stdout: 'loss=0.123\n' });
  const again = runOf({ stdout: 'loss=0.777\n' });
  const first = runOf({ stdout: 'loss=0.5\n' });

  it('compares a script that differs from itself with its own output', () => {
    const result = compare(first, other, ['loss=0.123'], { again });
    expect(result).toMatchObject({ identical: true, deterministic: false });
    expect(result.notes).toEqual([
      'not deterministic (stdout): compared the rewritten run with its own output',
    ]);
    expect(compare(first, other, ['loss=0.5'], { again }).identical).toBe(false);
  });

  it('blames the rewrite where the original repeats itself', () => {
    const result = compare(first, other, ['loss=0.123'], { again: first });
    expect(result).toMatchObject({ identical: false, deterministic: true });
  });

  it('still compares what does not vary', () => {
    const result = compare(first, { ...other, exitCode: 1 }, ['loss=0.123'], { again });
    expect(result.differences.map(({ where }) => where)).toEqual(['exit']);
  });
});

describe('known differences', () => {
  const rules = (result: ReturnType<typeof compare>) => [
    result.identical,
    ...result.knownDifferences.map(({ rule, rows }) => `${rule} ${rows}`),
  ];

  it("empty-value: what is no number is not pushed, and the client says how many; its line is no program's output", () => {
    const stdout = 'loss=none\nloss=0.5\nloss=-\nloss=e5\n';
    const before = runOf({ stdout });
    const after = (count: number) =>
      runOf({
        stdout,
        stderr: `katib-push: ${count} values are not pushed: no finite numbers (first: loss=)\n`,
      });
    expect(rules(compare(before, after(3), ['loss=0.5']))).toEqual([true, 'empty-value 3']);
    expect(compare(before, before, ['loss=0.5']).identical).toBe(false);
    expect(compare(before, after(2), ['loss=0.5']).identical).toBe(false);
    expect(compare(before, after(3), ['loss=', 'loss=0.5']).identical).toBe(false);
    expect(compare(before, after(3), ['loss=0.5', 'loss=e5']).identical).toBe(false);
  });

  it('rows that the shim holds back: none is pushed, and it says how many', () => {
    const held = (count: number, why: string) => `katib-push: ${count} observations are not pushed: ${why}\n`;
    const failed = runOf({ stdout: 'loss=0.5\nloss=0.4\n', exitCode: 1 });
    const says = (line: string) => ({ ...failed, stderr: Buffer.from(line) });
    const result = compare(failed, says(held(2, 'the command failed')), []);
    expect([result.identical, result.notes]).toEqual([
      true,
      ['the original ended with exit code 1', '2 rows are held back, as the annotation deliver asks'],
    ]);
    expect(compare(failed, says(held(1, 'the command failed')), []).identical).toBe(false);
    expect(compare(failed, says(held(2, 'the command failed')), ['loss=0.5']).identical).toBe(false);
    const good = runOf({ stdout: 'loss=0.5\n' });
    const reported = { ...good, stderr: Buffer.from(held(1, 'the command reported its metrics itself')) };
    const ownPushes = pushedOf('loss=0.5');
    expect(compare(good, reported, ['loss=0.5'], { ownPushes }).identical).toBe(true);
    expect(compare(good, reported, []).identical).toBe(false);
  });

  it('rows of a file: they are not compared, and a note says so', () => {
    const result = same(runOf({}), ['loss=0.5'], { file: '/var/log/metrics.log' });
    expect([result.identical, result.knownDifferences, result.notes]).toEqual([
      true,
      [],
      ['rows are not compared: the metrics collector File reads /var/log/metrics.log, not the output'],
    ]);
  });

  it('number-in-brackets: pushed, and nothing else in its place', () => {
    const tensor = runOf({ stdout: 'loss=tensor(0.5)\n' });
    expect(rules(same(tensor, ['loss=0.5']))).toEqual([true, 'number-in-brackets 1']);
    expect(same(tensor, []).identical).toBe(false);
    expect(same(tensor, ['loss=0.6']).identical).toBe(false);
  });

  it('not-finite: not pushed, and the client says how many; its line is no output of the program', () => {
    const before = runOf({ stdout: 'loss=nan\nloss=0.5\n', stderr: 'open' });
    const says = (text: string) => runOf({ stdout: 'loss=nan\nloss=0.5\n', stderr: text });
    const note = (count: number) =>
      `katib-push: ${count} values are not pushed: no finite numbers (first: loss=nan)\n`;
    expect(rules(compare(before, says(`open${note(1)}`), ['loss=0.5']))).toEqual([true, 'not-finite 1']);
    expect(compare(before, says('open'), ['loss=0.5']).identical).toBe(false);
    expect(compare(before, says(`open${note(2)}`), ['loss=0.5']).identical).toBe(false);
    expect(compare(before, says(`open${note(1)}more`), ['loss=0.5']).identical).toBe(false);
    expect(compare(before, says(`open${note(1)}`), ['loss=nan', 'loss=0.5']).identical).toBe(false);
  });

  it('not-finite: pushed as printed where the trial asks for it', () => {
    const inf = runOf({ stdout: 'loss=-inf\n', pushesNotFinite: true });
    expect(rules(same(inf, ['loss=-inf']))).toEqual([true, 'not-finite 1']);
    expect(same(inf, []).identical).toBe(false);
  });

  it('own-clock: the time of the line is not taken', () => {
    expect(rules(same(runOf({ stdout: '2026-06-22T20:07:21Z loss=1\n' }), ['loss=1']))).toEqual([
      true,
      'own-clock 1',
    ]);
  });

  it('objective-unavailable: pushed rows stay', () => {
    expect(rules(same(runOf({ stdout: 'acc=0.5\n' }), ['acc=0.5']))).toEqual([
      true,
      'objective-unavailable 1',
    ]);
    expect(same(runOf({ stdout: 'acc=0.5\n' }), ['loss=unavailable']).identical).toBe(false);
  });

  it('failed-run: pushed rows stay, and the traceback need not be pushed', () => {
    const stderr = 'acc=0.1\nTraceback (most recent call last):\nValueError: loss=7 is high\n';
    const failed = runOf({ stdout: 'loss=0.5\n', stderr, exitCode: 1 });
    expect(rules(same(failed, ['loss=0.5', 'acc=0.1']))).toEqual([true, 'failed-run 2']);
    expect(rules(same(failed, ['loss=0.5', 'acc=0.1', 'loss=7']))).toEqual([true, 'failed-run 3']);
    expect(same(failed, ['loss=0.5']).identical).toBe(false);
    const caught = runOf({ stdout: 'loss=0.5\n', stderr });
    expect(same(caught, ['loss=0.5', 'acc=0.1']).identical).toBe(false);
  });

  it('failed-run: a chain of tracebacks, and an error of syntax', () => {
    const traceback = 'Traceback (most recent call last):\n  File "t.py", line 1\nE: acc=3\n';
    const chain = `acc=0.1\n${traceback}\nDuring handling of the above exception, another occurred:\n\n${traceback}`;
    expect(same(runOf({ stderr: chain, exitCode: 1 }), ['acc=0.1']).identical).toBe(true);
    expect(same(runOf({ stderr: `${traceback}${traceback}`, exitCode: 1 }), []).identical).toBe(false);
    const syntax = '  File "<string>", line 4\n    print("loss=2")\n    ^\nIndentationError: unindent\n';
    expect(same(runOf({ stderr: syntax, exitCode: 1 }), []).identical).toBe(true);
  });

  it('what Node writes about an error that nothing catches need not be pushed', () => {
    const report =
      'a.js:1\nthrow new Error("loss=3 acc=4")\n^\n\nError: loss=3\n    at a.js:1:7\n\nNode.js v22.11.0\n';
    const stderr = `acc=0.1\n${report}acc=0.2\n`;
    expect(same(runOf({ stderr }), ['acc=0.1', 'acc=0.2']).identical).toBe(true);
    expect(same(runOf({ stderr, exitCode: 1 }), ['acc=0.1', 'acc=0.2']).identical).toBe(true);
    expect(same(runOf({ stderr }), ['acc=0.1']).identical).toBe(false);
    expect(same(runOf({ stderr: 'Error: loss=3\nNode.js v22.11.0\n' }), []).identical).toBe(false);
  });

  it('merged-lines: the rows of the file that Katib writes', () => {
    const torn = runOf({ stdout: 'loss=1\n', stderr: 'x' });
    expect(rules(same(torn, ['loss=1'], { joined: runOf({ stdout: 'loss=x1\n' }) }))).toEqual([
      true,
      'merged-lines 1',
    ]);
    expect(rules(same(torn, ['loss=1'], { joined: runOf({ stdout: 'xloss: 0 loss=1\n' }) }))).toEqual([true]);
  });

  it('output-dropped: on demand only', () => {
    const before = runOf({ stdout: 'start\nloss=1\nend\n' });
    const after = runOf({ stdout: 'start\nend\n' });
    expect(rules(compare(before, after, ['loss=1'], { output: 'drop' }))).toEqual([true, 'output-dropped 1']);
    expect(compare(before, after, ['loss=1']).identical).toBe(false);
    expect(compare(before, after, [], { output: 'drop' }).identical).toBe(false);
    expect(compare(before, runOf({ stdout: 'end\nstart\n' }), ['loss=1'], { output: 'drop' }).identical).toBe(
      false,
    );
  });

  it('not-covered: where the caller accepts it, as a loss', () => {
    expect(same(run, ['loss=0.5', 'loss=0.4'], { partial: true }).lost).toBe(2);
    expect(same(run, rows, { partial: true }).lost).toBe(0);
    // of a run that failed, Katib would have stored nothing
    expect(same({ ...run, exitCode: 1 }, ['loss=0.5'], { partial: true }).lost).toBe(0);
    expect(rules(same(run, ['loss=0.5', 'loss=0.4'], { partial: true }))).toEqual([true, 'not-covered 2']);
    expect(same(run, ['loss=0.4', 'loss=0.5'], { partial: true }).identical).toBe(false);
    expect(same(run, ['loss=0.6'], { partial: true }).identical).toBe(false);
  });
});

describe('notes', () => {
  it('says when nothing was printed, and when the command is missing', () => {
    expect(same(runOf({ stdout: 'hello\n' }), []).notes).toEqual([
      'no wanted metric was printed, so nothing was to be pushed',
    ]);
    const missing = runOf({ exitCode: 127, stderr: 'bash: line 7: torchrun: command not found\n' });
    expect(same(missing, []).notes[0]).toBe(
      'the original ended with exit code 127: torchrun is not installed here',
    );
    const dash = runOf({ exitCode: 127, stderr: 'sh: 1: torchrun: not found\n' });
    expect(same(dash, []).notes[0]).toContain('torchrun is not installed');
    expect(same(runOf({ exitCode: 2 }), []).notes[0]).toBe('the original ended with exit code 2');
  });
});
