import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLine, runShim } from './run-shim.ts';

describe('what a command prints', () => {
  it('passes on, is read and arrives, of both streams', async () => {
    const { rows, ...rest } = await runLine('echo loss=1 accuracy=2; echo loss=3 >&2; printf loss=4; exit 7');
    expect(rest).toMatchObject({ stdout: 'loss=1 accuracy=2\nloss=4', stderr: 'loss=3\n', code: 7 });
    expect(rows.toSorted()).toEqual(['accuracy=2', 'loss=1', 'loss=3', 'loss=4']);
  });

  it('is read once where a name is wanted twice or is empty', async () => {
    const config = { metrics: ['loss', '', 'loss'] };
    const { rows } = await runShim({ words: ['sh', '-c', 'echo loss=1; echo; echo loss=2'], config });
    expect(rows).toEqual(['loss=1', 'loss=2']);
  });

  it('arrives while the command runs', async () => {
    const { rows } = await runLine('echo loss=1; read line; echo loss=2', {
      drive: ({ stored, child }) => stored(1).then(() => child.stdin.end('\n')),
    });
    expect(rows).toEqual(['loss=1', 'loss=2']);
  });
});

describe('a fault of our own', () => {
  /** Python in front of the shim: it finds lines once, and no more. */
  const breaksReading = `
import builtins
sort, found = sorted, []
def broken(values, **options):
    if isinstance(values, dict):
        found.append(values)
        if len(found) > 1:
            raise MemoryError()
    return sort(values, **options)
builtins.sorted = broken
`;

  it('in reading: what was read arrives, and all bytes pass on', async () => {
    const { rows, ...rest } = await runLine('echo loss=1; read line; echo loss=2; echo loss=3; exit 7', {
      preface: breaksReading,
      drive: ({ stored, child }) => stored(1).then(() => child.stdin.end('\n')),
    });
    expect({ rows, ...rest }).toMatchObject({
      rows: ['loss=1'],
      stdout: 'loss=1\nloss=2\nloss=3\n',
      code: 7,
    });
    expect(rest.stderr).toBe('katib-push: the rest of what is printed is not read: MemoryError()\n');
  });

  it('in passing on: the command is not run again', async () => {
    const preface = `
import select
poll = select.poll
class Broken:
    def __init__(self): self.real = poll()
    def register(self, *given): self.real.register(*given)
    def poll(self, _):
        self.real.poll()
        raise MemoryError()
select.poll = Broken
`;
    let runs = '';
    const { code } = await runLine('echo once >>runs; echo printed', {
      preface,
      inspect: (folder) => {
        runs = readFileSync(join(folder, 'runs'), 'utf8');
      },
    });
    expect({ code, runs }).toEqual({ code: 126, runs: 'once\n' });
  });
});

describe('a command that can not be run', () => {
  it('that is not there ends with 127', async () => {
    const { code, stderr } = await runShim({ words: ['no-such-command'] });
    expect({ code, stderr }).toEqual({ code: 127, stderr: 'katib-push: no-such-command: not found\n' });
  });

  it('that may not be run ends with 126', async () => {
    const { code, stderr } = await runShim({ words: ['/etc/passwd'] });
    expect({ code, stderr }).toEqual({ code: 126, stderr: 'katib-push: /etc/passwd: Permission denied\n' });
  });
});
