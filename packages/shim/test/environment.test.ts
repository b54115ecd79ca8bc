import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canUnshare, publicPython, python } from './interpreters.ts';
import { first, runLine, runShim } from './run-shim.ts';

/** What is in the environment, sorted; without what a shell sets anew and the test's own folders. */
const PRINT = ['sh', '-c', 'env -0 | sort -z'];
const variables = (text: string) =>
  text.split('\0').filter((each) => !/^(TMPDIR|KATIB_TRIAL_NAME|PWD|OLDPWD|_)=/.test(each));

describe.concurrent('the environment', () => {
  it('is that of the command alone', async () => {
    const before = first(String.raw`ODD="$(printf 'a\377b\nc')"; EMPTY=; export ODD EMPTY`);
    const env = {
      LANG: 'C',
      LC_ALL: undefined,
      LC_CTYPE: undefined,
      PYTHONPATH: '/nowhere',
      PYTHONSTARTUP: 'x.py',
    };
    const [shim, plain] = await Promise.all([
      runShim({ words: PRINT, env, before }),
      runShim({ words: PRINT, env, before, plain: true }),
    ]);
    const ours = /^KATIB_PUSH_(SHIM|CONFIG|TRIAL_NAME|POD_LABELS|LABEL_\d+)=/;
    expect(variables(shim.stdout)).toEqual(variables(plain.stdout).filter((each) => !ours.test(each)));
    expect(shim.stdout).toContain('KATIB_DB_MANAGER_ADDRESS=');
  });

  it('of Python that is given does not reach the shim, and reaches the command', async () => {
    const { stdout, rows } = await runShim({
      words: ['sh', '-c', 'echo loss=1 $PYTHONPATH $PYTHONHOME $PYTHONINSPECT'],
      env: {
        PYTHONPATH: 'FOLDER',
        PYTHONHOME: '/nowhere',
        PYTHONINSPECT: '1',
        PYTHONSTARTUP: 'FOLDER/os.py',
      },
      files: shadows,
    });
    expect(stdout).toMatch(/^loss=1 \/\S+ \/nowhere 1\n$/);
    expect(rows).toEqual(['loss=1']);
  });

  it('of a Python that needs its home is kept from it but for that', async () => {
    const home = dirname(dirname(python));
    const { stdout, stderr, rows } = await runShim({
      python: 'bin/needs-home',
      files: {
        ...shadows,
        'bin/needs-home': `#!/bin/sh\ncase "$1" in *E*) echo "no module named encodings" >&2; exit 1;; esac\nexec ${python} "$@"\n`,
      },
      words: ['sh', '-c', 'echo loss=1 $PYTHONPATH $PYTHONHOME'],
      env: { PYTHONPATH: 'FOLDER', PYTHONHOME: home },
    });
    expect(stdout).toMatch(/^loss=1 \/\S+ \/\S+\n$/);
    expect(stdout).toContain(` ${home}\n`);
    expect({ stderr, rows }).toEqual({ stderr: '', rows: ['loss=1'] });
  });

  it('may lack a trial: then the command runs as it is', async () => {
    const env = { KATIB_TRIAL_NAME: undefined };
    expect(await runLine('echo loss=1; exit 3', { env })).toMatchObject({ code: 3, stderr: '', rows: [] });
  });

  it('may hold no settings, or damaged ones: then the command runs as it is', async () => {
    const none = await runLine('echo loss=1; exit 3', { env: { KATIB_PUSH_CONFIG: undefined } });
    expect(none).toMatchObject({ code: 3, stderr: '', rows: [] });
    const damaged = await runLine('echo loss=1; exit 3', { env: { KATIB_PUSH_CONFIG: '{' } });
    expect(damaged).toMatchObject({ code: 3, stdout: 'loss=1\n', rows: [] });
    expect(damaged.stderr).toMatch(
      /^katib-push: the metrics of this trial are not pushed, its command runs as it is: /,
    );
  });

  it('may hold no shim, or a damaged one: then the command runs as it is', async () => {
    for (const KATIB_PUSH_SHIM of [undefined, 'if', 'raise ValueError("broken")']) {
      const { code, stdout, stderr } = await runLine('echo loss=1; exit 3', { env: { KATIB_PUSH_SHIM } });
      expect({ code, stdout }).toEqual({ code: 3, stdout: 'loss=1\n' });
      expect(stderr).toMatch(/^katib-push: /);
    }
  });
});

/** Files beside the script that are called as modules which the shim might import. */
const shadows = Object.fromEntries(
  [
    'os',
    'socket',
    '_socket',
    'signal',
    'select',
    'struct',
    'fcntl',
    're',
    'json',
    'encodings',
    'collections',
  ].map((name) => [`${name}.py`, 'raise SystemExit("shadowed")\n']),
);

describe.concurrent('words', () => {
  it('that are no UTF-8, are empty, hold newlines or are long arrive as they are', async () => {
    const long = 'x'.repeat(131071);
    const print = ['sh', '-c', 'printf "%s|" "$@" | od -An -c | md5sum; printf "%s" "$5" | wc -c', 'sh'];
    const words = [...print, 'é\n', '', "it's $HOME `x` \\", '*', long];
    const odd = ['sh', '-c', `exec "$@" "$(printf 'a\\377b')"`, 'sh'];
    const [shim, plain] = await Promise.all([
      runShim({ words, before: odd, env: { LANG: 'C' } }),
      runShim({ words, before: odd, plain: true }),
    ]);
    expect(shim.stdout).toBe(plain.stdout);
    expect(shim.stdout).toContain('131071');
  });

  it('are found on the PATH of the command', async () => {
    const { stdout } = await runShim({
      words: ['mine', '7'],
      env: { PATH: `FOLDER/bin:${process.env.PATH}` },
      files: { 'bin/mine': '#!/bin/sh\necho loss=$1\n' },
    });
    expect(stdout).toBe('loss=7\n');
  });
});

describe.concurrent('a container that lacks something', () => {
  it.each([
    ['descriptors (64)', 'ulimit -n 64', ['loss=1']],
    ['descriptors (12)', 'ulimit -n 12', undefined],
  ])('%s', async (_, line, expected) => {
    const { code, stdout, rows } = await runLine('echo loss=1; exit 3', { before: first(line) });
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'loss=1\n' });
    if (expected) expect(rows).toEqual(expected);
  });

  it.runIf(canUnshare)('/proc', async () => {
    const before = ['unshare', '--mount', ...first('mount -t tmpfs none /proc')];
    const { code, rows, stderr } = await runLine('echo loss=1; exit 3', { before });
    expect({ code, rows, stderr }).toEqual({ code: 3, rows: ['loss=1'], stderr: '' });
  });

  it.runIf(canUnshare)('a folder that can be written', async () => {
    const before = ['unshare', '--mount', ...first('mount -t tmpfs -o ro none /tmp && cd /')];
    const env = { TMPDIR: undefined };
    for (const deliver of ['live', 'success']) {
      const { code, rows, stderr } = await runLine('echo loss=1; exit 0', {
        before,
        env,
        config: { deliver },
      });
      expect({ code, rows, stderr }).toEqual({ code: 0, rows: ['loss=1'], stderr: '' });
    }
  });

  it.runIf(process.getuid?.() === 0 && publicPython !== undefined)('a name for its user', async () => {
    const { code, rows, stderr } = await runLine('echo loss=$(id -u); exit 3', {
      python: publicPython ?? '',
      before: ['setpriv', '--reuid=54321', '--clear-groups', ...first('cd /')],
      env: { HOME: '/nonexistent' },
    });
    expect({ code, rows, stderr }).toEqual({ code: 3, rows: ['loss=54321'], stderr: '' });
  });
});
