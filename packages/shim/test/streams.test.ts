import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asProcess1, canUnshare, python } from './interpreters.ts';
import { first, runLine, runShim } from './run-shim.ts';

/** In kB, as /proc counts. */
const PEAK_KB = 40 * 1024;
const MEGABYTE = 2 ** 20;

function readFile(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

describe.concurrent('bytes', () => {
  it('of any value pass through, and lines between them are read', async () => {
    const line = String.raw`printf 'x\0loss=1\n\377loss=2\nloss=3\rloss=4\r\n\n\303\251 accuracy=5'; exit 1`;
    const [shim, plain] = await Promise.all([runLine(line), runLine(line, { plain: true })]);
    expect({ ...shim, rows: [], trial: '' }).toEqual({ ...plain, rows: [], trial: '' });
    expect(shim.rows).toEqual(['loss=1', 'loss=2', 'loss=3', 'loss=4', 'accuracy=5']);
  });

  it('of a line that comes in pieces are one line', async () => {
    const pieces = ['lo', 'ss', '=', '0.', '25 acc', 'uracy=', '1\nlos', 's=2'];
    const { rows, stdout } = await runShim({
      words: [
        python,
        '-c',
        `import os, sys\nfor piece in ${JSON.stringify(pieces)}:\n    os.write(1, piece.encode())\n    sys.stdin.readline()`,
      ],
      drive: async ({ child, said }) => {
        for (let i = 1; i <= pieces.length; i++) {
          await said(pieces.slice(0, i).join(''));
          child.stdin.write('\n');
        }
      },
    });
    expect({ rows, stdout }).toEqual({
      rows: ['loss=0.25', 'accuracy=1', 'loss=2'],
      stdout: pieces.join(''),
    });
  });

  it('that are written right before the end all arrive', async () => {
    const { rows, stdout } = await runLine(
      `head -c ${MEGABYTE} /dev/zero | tr '\\0' x; echo; echo loss=1; exit 0`,
    );
    expect(stdout.length).toBe(MEGABYTE + '\nloss=1\n'.length);
    expect(rows).toEqual(['loss=1']);
  });

  it('of a line of 200 MB are read to their ends, in bounded memory', async () => {
    const { rows, stderr } = await runLine(
      'head -c 100000000 /dev/zero | tr "\\0" x >x; { echo -n "loss=1 "; cat x; echo -n " loss=2 "; cat x; echo " loss=3"; }; grep VmHWM /proc/$PPID/status >&2',
      { before: first('exec >/dev/null') },
    );
    expect(rows).toEqual(['loss=1', 'loss=2', 'loss=3']);
    expect(Number(stderr.match(/VmHWM:\s+(\d+) kB/)?.[1])).toBeLessThan(PEAK_KB);
  });

  it('wait for a slow reader, and none is lost', async () => {
    const { stdout } = await runLine(`echo ready >&2; head -c ${4 * MEGABYTE} /dev/zero; echo loss=1 >&2`, {
      drive: async ({ child, said }) => {
        child.stdout.pause();
        await said('ready');
        child.stdout.resume();
      },
    });
    expect(stdout.length).toBe(4 * MEGABYTE);
  });

  it('wait where our output is non-blocking, too', async () => {
    const before = [
      python,
      '-c',
      'import os, sys; os.set_blocking(1, False); os.execvp(sys.argv[1], sys.argv[1:])',
    ];
    const { stdout, code } = await runShim({
      words: ['sh', '-c', `echo ready >&2; head -c ${4 * MEGABYTE} /dev/zero`],
      before: ['sh', '-c', '"$@" | cat', 'sh', ...before],
      drive: async ({ child, said }) => {
        child.stdout.pause();
        await said('ready');
        child.stdout.resume();
      },
    });
    expect({ length: stdout.length, code }).toEqual({ length: 4 * MEGABYTE, code: 0 });
  });

  it('of a command that makes its output non-blocking arrive', async () => {
    const program = `
import os, select
os.set_blocking(1, False)
data = b"x" * ${4 * MEGABYTE}
while data:
    try:
        data = data[os.write(1, data):]
    except BlockingIOError:
        select.select([], [1], [])
os.write(2, b"loss=1\\n")
`;
    const { stdout, rows } = await runShim({ words: [python, '-c', program] });
    expect({ length: stdout.length, rows }).toEqual({ length: 4 * MEGABYTE, rows: ['loss=1'] });
  });
});

describe.concurrent('streams', () => {
  it('that the command opens anew are the same', async () => {
    const { rows, stdout, stderr } = await runLine(
      'echo loss=1 > /dev/stdout; echo accuracy=2 >> /dev/stderr',
    );
    expect({ rows: rows.toSorted(), stdout, stderr }).toEqual({
      rows: ['accuracy=2', 'loss=1'],
      stdout: 'loss=1\n',
      stderr: 'accuracy=2\n',
    });
  });

  it('that are one file keep their order', async () => {
    const { rows, stdout } = await runLine(
      'i=0; while [ $i -lt 500 ]; do echo loss=$i; echo accuracy=$i >&2; i=$((i + 1)); done',
      { before: first('exec 2>&1') },
    );
    const expected = Array.from({ length: 500 }, (_, i) => [`loss=${i}`, `accuracy=${i}`]).flat();
    expect(rows).toEqual(expected);
    expect(stdout).toBe(`${expected.join('\n')}\n`);
  });

  it('behind a process substitution are read to their ends', { retry: 2 }, async () => {
    const { rows } = await runShim({
      words: ['bash', '-c', 'exec > >(tee log); for i in $(seq 180); do echo loss=$i; done'],
    });
    expect(rows).toEqual(Array.from({ length: 180 }, (_, i) => `loss=${i + 1}`));
  });

  it.each([
    ['0<&-', [0]],
    ['1>&-', [1]],
    ['2>&-', [2]],
    ['0<&- 1>&- 2>&-', [0, 1, 2]],
  ])(
    'that are closed (%s) are closed to the command, and the others are read',
    async (redirection, closed) => {
      const program = `
import os
for descriptor in range(3):
    try:
        os.fstat(descriptor)
        if descriptor:
            os.write(descriptor, b"loss=%d\\n" % descriptor)
    except OSError:
        open("closed", "a").write("%d" % descriptor)
`;
      let found = '';
      const { rows, code } = await runShim({
        words: [python, '-c', program],
        before: first(`exec ${redirection}`),
        inspect: (folder) => {
          found = readFile(join(folder, 'closed'));
        },
      });
      expect({ found, code }).toEqual({ found: closed.join(''), code: 0 });
      expect(rows.toSorted()).toEqual(
        [1, 2].filter((each) => !closed.includes(each)).map((each) => `loss=${each}`),
      );
    },
  );

  it('whose reader goes away end the command as before, and what was written is read', async () => {
    const { code, rows } = await runLine('echo loss=1; read line; while :; do echo loss=2; done', {
      drive: async ({ child, said }) => {
        await said('loss=1');
        child.stdout.destroy();
        child.stdin.end('\n');
      },
    });
    expect(code).toBe(141);
    expect(rows[0]).toBe('loss=1');
  });

  it('on a full disk are read, and the command does not learn of it', async () => {
    const { code, rows } = await runLine('echo loss=1 && echo loss=2 && exit 3', {
      before: first('exec >/dev/full'),
    });
    expect({ code, rows }).toEqual({ code: 3, rows: ['loss=1', 'loss=2'] });
  });

  it.runIf(canUnshare)('of process 1, opened by its path, go past us', async () => {
    const { stdout, rows } = await runLine('echo loss=1 > /proc/1/fd/1; echo loss=2', {
      before: ['sh', '-c', '"$@" | cat', 'sh', ...asProcess1],
    });
    expect({ stdout, rows }).toEqual({ stdout: 'loss=1\nloss=2\n', rows: ['loss=2'] });
  });
});
