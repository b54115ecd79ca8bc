import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCode, run } from 'katib-push';
import { afterAll, describe, expect, it } from 'vitest';
import { watchPaths } from '../src/watch-paths.ts';
import { fakeIo } from './fake-io.ts';

const script = 'loss = 0.5\nprint(f"loss={loss}")\n';

describe('completion', () => {
  const answer = async (...words: string[]) => {
    const { io, written } = fakeIo();
    expect(await run(['complete', '--', ...words], io)).toBe(exitCode.ok);
    return written.stdout.split('\n').map((line) => line.split('\t')[0]);
  };

  it.each([
    ['commands', ['re'], ['rewrite', 'replay']],
    ['options', ['dry-run', '--del'], ['--delivery']],
    ['the values of an option', ['dry-run', '--metric-output', ''], ['keep', 'drop']],
  ])('knows %s', async (_, words, expected) => {
    expect((await answer(...words)).filter((line) => !/^(?::\d+)?$/.test(line ?? ''))).toEqual(expected);
  });

  it.each(['bash', 'zsh', 'fish'])('prints a script that %s can read', async (shell) => {
    const { io, written } = fakeIo();
    expect(await run(['completion', shell], io)).toBe(exitCode.ok);
    expect(written.stdout).toContain('katib-push');
    const { status, error, stderr } = spawnSync(shell, ['-n'], { input: written.stdout, encoding: 'utf8' });
    if (error === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('refuses a shell that it does not know', async () => {
    const { io, written } = fakeIo();
    expect(await run(['completion', 'csh'], io)).toBe(exitCode.badInput);
    expect(written.stderr).toContain('bash, zsh, fish');
  });
});

describe('the file of options', () => {
  const explain = async (config: string, ...args: string[]) => {
    const { io, written } = fakeIo({ files: { 'train.py': script, '../.katib-push.yaml': config } });
    const code = await run(['explain', 'train.py', '-m', 'loss', ...args], io);
    return { code, ...written };
  };

  it.each([
    ['for every command', 'output: json'],
    ['for one command, which wins', 'output: diff\nexplain:\n  output: json'],
  ])('holds %s', async (_, config) => {
    expect(JSON.parse((await explain(config)).stdout)).toMatchObject({ version: 1 });
  });

  it('gives way to the command line, and to --no-config', async () => {
    expect((await explain('output: json', '-o', 'diff')).stdout).toContain('line  verdict');
    const { io, written } = fakeIo({ files: { 'train.py': script, '.katib-push.yaml': 'output: json' } });
    await run(['--no-config', 'explain', 'train.py', '-m', 'loss'], io);
    expect(written.stdout).toContain('line  verdict');
  });

  it('passes by an option that only another command has', async () => {
    expect(await explain('enable: true')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['a name that is none', 'ouput: json', 'names no option ouput; did you mean output'],
    ['a name in a section', 'explain:\n  enable: true', 'names no option enable'],
    ['a value that is none', 'output: xml', 'output is xml; it can be diff'],
    ['a switch that is no switch', 'watch: sometimes', 'watch has to be true or false'],
    ['a list', '- output', 'has to be a mapping'],
    ['no YAML', 'a: [', 'is no YAML'],
    ['the manifest', 'filename: a.yaml', 'names no option filename'],
  ])('may not hold %s', async (_, config, message) => {
    const { code, stderr } = await explain(config);
    expect({ code, stderr }).toEqual({ code: exitCode.badInput, stderr: expect.stringContaining(message) });
  });

  it('is named by --config, and has to be there then', async () => {
    const { io, written } = fakeIo({ files: { 'train.py': script } });
    const code = await run(['--config', 'x.yaml', 'explain', 'train.py', '-m', 'loss'], io);
    expect(code).toBe(exitCode.badInput);
    expect(written.stderr).toContain("/x.yaml can't be read: no such file");
  });
});

describe('notebooks', () => {
  const cell = (source: string | string[], type = 'code') => ({ cell_type: type, source });
  const explain = async (notebook: unknown) => {
    const text = typeof notebook === 'string' ? notebook : JSON.stringify(notebook);
    const { io, written } = fakeIo({ files: { 'train.ipynb': text } });
    const code = await run(['explain', 'train.ipynb', '-m', 'loss'], io);
    return { code, ...written };
  };

  it('are read as one script; what only a notebook runs is a comment', async () => {
    const cells = [
      cell('# title', 'markdown'),
      cell(['%matplotlib inline\n', 'loss = 0.5\n']),
      cell('for i in range(3):\n    !ls\n    print(f"loss={loss}")'),
      cell('%%bash\nloss=1'),
    ];
    const { code, stdout } = await explain({ cells, metadata: { kernelspec: { language: 'python' } } });
    expect(code).toBe(exitCode.ok);
    expect(stdout).toContain('+    _katib_push(print)(f"loss={loss}")');
    for (const line of ['# %% cell 3', '# %matplotlib inline', '    pass  # !ls', '# loss=1'])
      expect(stdout).toContain(line);
    expect(stdout).toContain('1 of 1 output statement would be rewritten');
  });

  it('name the cell of what is wrong', async () => {
    const { stdout } = await explain({ cells: [cell('x = 1'), cell('ok = 1\nprint(')] });
    expect(stdout).toContain('train.ipynb, cell 2, line 2');
  });

  it.each([
    ['{', 'it is no JSON'],
    [{}, 'it has no cells'],
    [{ cells: [{ cell_type: 'code' }] }, 'cell 1 has no source'],
  ])('that are none (%j) are refused', async (notebook, message) => {
    const { code, stderr } = await explain(notebook);
    expect({ code, stderr }).toEqual({ code: exitCode.badInput, stderr: expect.stringContaining(message) });
  });
});

describe('watching', () => {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-watch-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('runs again at each change until it is stopped', async () => {
    const world = fakeIo({ files: { 'train.py': 'print(' } });
    const ended = run(['explain', 'train.py', '-m', 'loss', '--watch'], world.io);
    await world.idle();
    expect(world.written.stdout).toContain('syntax-error');
    await world.io.writeFile('/work/train.py', script);
    world.change();
    await world.idle();
    expect(world.written.stdout).toContain('1 of 1 output statement');
    world.stop('SIGINT');
    expect(await ended).toBe(exitCode.ok);
  });

  it('refuses standard input', async () => {
    const { io, written } = fakeIo();
    expect(await run(['dry-run', '-f', '-', '--watch'], io)).toBe(exitCode.badInput);
    expect(written.stderr).toContain('Standard input can not be watched');
  });

  it.each([
    ['is written to', (path: string) => appendFileSync(path, 'b')],
    [
      'is replaced by another',
      (path: string) => {
        writeFileSync(`${path}.new`, 'c');
        renameSync(`${path}.new`, path);
      },
    ],
  ])('sees a file that %s', async (_, act) => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'a');
    const watched = watchPaths([path]);
    try {
      const changed = watched.changed();
      act(path);
      await changed;
    } finally {
      watched.close();
    }
  });
});
