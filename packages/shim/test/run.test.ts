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
