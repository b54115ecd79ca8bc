import { describe, expect, it } from 'vitest';
import { manager, type Program, runLine } from './run-shim.ts';

const text = { file: { path: 'FOLDER/metrics.log', format: 'TEXT' } };
const json = { file: { path: 'FOLDER/metrics.log', format: 'JSON' } };

/** Lets the program go on when so many rows have arrived. */
const goOnAt =
  (...counts: readonly number[]) =>
  async ({ child, stored }: Program) => {
    for (const count of counts) {
      await stored(count);
      child.stdin.write('\n');
    }
  };

describe.concurrent('a file', () => {
  it('is read as it grows, and to its end; the output is not', async () => {
    const { rows, stdout } = await runLine(
      'echo loss=7; echo loss=1 >>metrics.log; read x; printf loss >>metrics.log; echo =2 >>metrics.log; read x; printf loss=3 >>metrics.log',
      { config: text, drive: goOnAt(1, 2) },
    );
    expect({ rows, stdout }).toEqual({ rows: ['loss=1', 'loss=2', 'loss=3'], stdout: 'loss=7\n' });
  });

  it('is the command’s own descriptor for its output: nothing stands between', async () => {
    const { stdout } = await runLine('readlink /proc/self/fd/1 /proc/$PPID/fd/1', { config: text });
    const [ours, theirs] = stdout.trim().split('\n');
    expect(ours).toBe(theirs);
  });

  it('may never appear', async () => {
    const { code, rows, stderr } = await runLine('exit 3', { config: text });
    expect({ code, rows, stderr }).toEqual({ code: 3, rows: [], stderr: '' });
  });

  it('may be no file at all', async () => {
    const { code } = await runLine('mkfifo metrics.log; exit 3', { config: text });
    expect(code).toBe(3);
  });

  it('that is written anew is read anew', async () => {
    const { rows } = await runLine(
      'echo loss=1 >metrics.log; read x; echo accuracy=2 >metrics.log; read x; echo loss=3 >>metrics.log',
      { config: text, drive: goOnAt(1, 2) },
    );
    expect(rows).toEqual(['loss=1', 'accuracy=2', 'loss=3']);
  });

  it('that is written anew with what it held goes on behind that', async () => {
    const { rows } = await runLine(
      'echo loss=1 >metrics.log; read x; { echo loss=1; echo loss=2; } >new; mv new metrics.log; read x; { echo loss=1; echo loss=2; echo loss=3; } >new; mv new metrics.log',
      { config: text, drive: goOnAt(1, 2) },
    );
    expect(rows).toEqual(['loss=1', 'loss=2', 'loss=3']);
  });

  it('that is rotated goes on in the new one', async () => {
    const { rows } = await runLine(
      'echo loss=1 >metrics.log; read x; mv metrics.log metrics.log.1; echo loss=2 >metrics.log; read x',
      { config: text, drive: goOnAt(1, 2) },
    );
    expect(rows).toEqual(['loss=1', 'loss=2']);
  });

  it('that is truncated is read from its new beginning, and an unfinished line is gone', async () => {
    const { rows } = await runLine(
      'printf "loss=1\\nloss=5" >metrics.log; read x; : >metrics.log; echo loss=2 >>metrics.log; read x',
      { config: text, drive: goOnAt(1, 2) },
    );
    expect(rows).toEqual(['loss=1', 'loss=2']);
  });

  it('is read with the filters of the Experiment', async () => {
    const config = { ...text, filters: ['(\\w+): ([0-9.]+)'] };
    expect((await runLine('echo loss: 0.5 >metrics.log', { config })).rows).toEqual(['loss=0.5']);
  });
});

describe.concurrent('a file of JSON', () => {
  it('counts strings, in the order of the wanted names, after a success', async () => {
    const lines = [
      '{"accuracy": "2", "loss": "1", "other": "7"}',
      '',
      '{"loss": 3, "accuracy": null}',
      'null',
      ' {"loss": "0.5", "loss": "4", "timestamp": "2026-01-01T00:00:00Z"} ',
      '{"loss": "\\u00355"}',
    ];
    const { rows, stderr } = await runLine('cat lines >metrics.log; read line; exit 0', {
      config: json,
      files: { lines: lines.join('\n') },
      drive: ({ child, trial }) => {
        expect(manager.observations(trial)).toEqual([]);
        child.stdin.end('\n');
      },
    });
    expect({ rows, stderr }).toEqual({ rows: ['loss=1', 'accuracy=2', 'loss=4', 'loss=55'], stderr: '' });
  });

  it.each([
    'not JSON',
    '[1]',
    '"x"',
    '5',
    '{"loss": NaN}',
    '{"a": 1e999}',
    '{"loss": "1"} x',
    '\ufeff{}',
    '{"a": "\t"}',
  ])('is void where one line is bad: %s', async (line) => {
    const { rows, stderr, code } = await runLine('cat lines >metrics.log', {
      config: json,
      files: { lines: `{"loss": "1"}\n${line}\n{"loss": "2"}\n` },
    });
    expect({ rows, code }).toEqual({ rows: [], code: 0 });
    expect(stderr).toContain(
      "katib-push: 2 observations are not pushed: Katib's collector reads nothing of a file with a bad line: ",
    );
  });

  it('reports nothing of a command that fails', async () => {
    const { rows, code } = await runLine('echo \'{"loss": "1"}\' >metrics.log; exit 3', { config: json });
    expect({ rows, code }).toEqual({ rows: [], code: 3 });
  });
});
