import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shimSource } from '../src/source.ts';
import { findInterpreters, python, versions } from './interpreters.ts';
import { everything, runLine, runShim } from './run-shim.ts';

const found = findInterpreters();

describe.concurrent('the shim on Python', () => {
  it.each(versions.filter((version) => found.has(version)))('%s', async (version) => {
    const { code, stdout, stderr, rows } = await runLine(
      'echo "loss: 0.5 é"; echo "accuracy: 0.25" >&2; read line; echo "loss: 2"; kill -USR1 $$',
      {
        python: found.get(version) ?? '',
        config: { filters: ['(\\w+): ([0-9.]+)'] },
        drive: ({ stored, child }) => stored(2).then(() => child.stdin.end('\n')),
      },
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 138,
      stdout: Buffer.from('loss: 0.5 é\nloss: 2\n').toString('latin1'),
      stderr: 'accuracy: 0.25\n',
    });
    expect(rows.slice(0, 2).toSorted()).toEqual(['accuracy=0.25', 'loss=0.5']);
    expect(rows[2]).toBe('loss=2');
  });

  it.each(versions.filter((version) => found.has(version)))('%s: its other parts', async (version) => {
    const interpreter = found.get(version) ?? '';
    const spills = await runLine('echo loss=0.5; exit 3', {
      python: interpreter,
      env: { KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1', KATIB_PUSH_FLUSH_TIMEOUT: '0.1' },
    });
    expect(spills.stderr).toMatch(
      /^katib-push: 1 observations did not reach 127\.0\.0\.1:1 \(.*\): 1 are in /,
    );
    const stops = await runLine(
      'for i in 1 2 3; do echo "{\\"loss\\": \\"0.$i\\"}" >>"métriques.log"; done; sleep 1000',
      {
        python: interpreter,
        config: {
          deliver: 'if-none',
          file: { path: 'métriques.log', format: 'JSON' },
          objectiveType: 'maximize',
          rules: [{ name: 'loss', value: '0.25', comparison: 'greater', startStep: 0 }],
        },
      },
    );
    expect({ code: stops.code, rows: stops.rows }).toEqual({
      code: 0,
      rows: ['loss=0.1', 'loss=0.2', 'loss=0.3'],
    });
  });

  const missing = versions.filter((version) => !found.has(version));
  it.skipIf(missing.length > 0)(`${missing.join(', ')}: not on this machine`, () => {});

  it.each(versions.filter((version) => version >= '3.4'))('keeps to the grammar of %s', (version) => {
    const check = `
import ast, sys
tree = ast.parse(sys.stdin.read(), feature_version=(3, ${version.slice(2)}))
for node in ast.walk(tree):
    assert not isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.YieldFrom)), node.lineno
    assert not (isinstance(node, ast.Call) and any(isinstance(each, ast.Starred) for each in node.args[:-1])), node.lineno
`;
    execFileSync(python, ['-c', check], { input: shimSource(everything) });
  });
});

describe.concurrent('the front', () => {
  const words = ['/bin/sh', '-c', 'echo loss=1; exit 4'];
  /** A PATH that holds the shell and what the files bring, and nothing else. */
  const alone = { PATH: 'FOLDER/bin' };
  const sh = { 'bin/sh': '#!/bin/sh\nexec /bin/sh "$@"\n' };

  it('takes python where python3 is no Python, or none that fits', async () => {
    for (const wrong of ['exit 0', 'echo hello', 'exit 1', 'kill -9 $$', 'exec /nowhere', 'echo "(3, 3)"']) {
      const files = {
        ...sh,
        'bin/python3': `#!/bin/sh\n${wrong}\n`,
        'bin/python': `#!/bin/sh\nexec ${python} "$@"\n`,
      };
      const { code, stderr, rows } = await runShim({ words, python: '', env: alone, files });
      expect({ code, stderr, rows }).toEqual({ code: 4, stderr: '', rows: ['loss=1'] });
    }
  });

  it('runs the words as they are where there is no Python, and says so', async () => {
    const { code, stdout, stderr, rows } = await runShim({ words, python: '', env: alone, files: sh });
    expect({ code, stdout, rows }).toEqual({ code: 4, stdout: 'loss=1\n', rows: [] });
    expect(stderr).toBe(
      'katib-push: the metrics of this trial are not pushed: no Python 2.7, or 3.4 and later, starts here\n',
    );
  });

  it('takes the interpreter that it is given, whatever its name', async () => {
    const name = "an interpreter's";
    const files = { ...sh, [`bin/${name}`]: `#!/bin/sh\nexec ${python} "$@"\n` };
    const { code, rows } = await runShim({ words, python: name, env: alone, files });
    expect({ code, rows }).toEqual({ code: 4, rows: ['loss=1'] });
  });

  it.each(['dash', 'bash', 'bash --posix', 'busybox sh', 'ksh', 'mksh'])('is read by %s', async (shell) => {
    const [command = '', ...flags] = shell.split(' ');
    if (spawnSync(command, [...flags, '-c', 'true']).status !== 0) return;
    const { code, stdout, rows } = await runShim({
      words: ['/bin/sh', '-c', 'echo loss=1 "$0"; exit 4', 'a  b'],
      before: ['/bin/sh', '-c', `shift; exec ${shell} "$@"`, '/bin/sh'],
    });
    expect({ code, stdout, rows }).toEqual({ code: 4, stdout: 'loss=1 a  b\n', rows: ['loss=1'] });
  });

  it('leaves variables of the same names alone', async () => {
    const env = { katib_push: 'mine', flags: 'too', PYTHONPATH: '/also' };
    const { stdout } = await runLine('echo $katib_push $flags $PYTHONPATH', { env });
    expect(stdout).toBe('mine too /also\n');
  });
});
