import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, run } from 'katib-push';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fakeIo } from './fake-io.ts';

// Manifests are written, picked and taken back by the real engine, over files in memory.

const fixtures = join(import.meta.dirname, '../../../fixtures/experiments');
const textOf = (name: string) => readFileSync(join(fixtures, name, 'input.yaml'), 'utf8');
/** Cases whose YAML the rewrite had to write in another way: an alias, a folded scalar. */
const layoutOnly = ['yaml-anchor', 'yaml-folded'];
const layouts = readdirSync(fixtures).filter((name) => /^(?:yaml|text|sdk)-/.test(name));

describe('undo', () => {
  it.each(layouts)('%s says what it said before', async (name) => {
    const before = textOf(name);
    const { io, textOf: read } = fakeIo({ files: { 'a.yaml': before } });
    await run(['rewrite', '-f', 'a.yaml', '--in-place', '--enable'], io);
    const rewritten = read('a.yaml');
    const code = await run(['undo', '-f', 'a.yaml', '--in-place'], io);
    expect(code).toBe(exitCode.ok);
    expect(parse(read('a.yaml') as string)).toEqual(parse(before));
    // A command that was under the shim is laid out anew.
    const isWrapped = String(rewritten).includes('name: KATIB_PUSH_SHIM');
    if (rewritten === before || !(isWrapped || layoutOnly.includes(name)))
      expect(read('a.yaml')).toBe(before);
  });

  it('says why an Experiment that was changed since stays as it is', async () => {
    const { io, written, textOf: read } = fakeIo({ files: { 'a.yaml': textOf('embed-bash-ec') } });
    await run(['rewrite', '-f', 'a.yaml', '-i'], io);
    const edited = (read('a.yaml') as string).replace('kind: Push', 'kind: File');
    await io.writeFile('/work/a.yaml', edited);
    expect(await run(['undo', '-f', 'a.yaml', '-i'], io)).toBe(exitCode.badInput);
    expect(read('a.yaml')).toBe(edited);
    expect(written.stderr).toContain('/collector/kind: it was changed since the rewrite');
  });

  it('passes by what was never rewritten', async () => {
    const { io, written } = fakeIo({ files: { 'a.yaml': textOf('embed-bash-ec') } });
    expect(await run(['undo', '-f', 'a.yaml'], io)).toBe(exitCode.ok);
    expect(written.stdout).toBe(textOf('embed-bash-ec'));
    expect(written.stderr).toContain('unchanged: it carries no record of a rewrite');
  });
});

describe('writing', () => {
  const files = {
    'in/a.yaml': textOf('embed-bash-ec'),
    'in/b.yaml': 'kind: ConfigMap\napiVersion: v1\n',
  };

  it('in place, only what changed', async () => {
    const { io, written, textOf: read } = fakeIo({ files });
    expect(await run(['rewrite', '-f', 'in', '--in-place'], io)).toBe(exitCode.ok);
    expect(read('in/a.yaml')).toContain('_katib_push(print)');
    expect(read('in/b.yaml')).toBe(files['in/b.yaml']);
    expect(written).toEqual({ stdout: '', stderr: expect.stringContaining('1 file written') });
  });

  it('into a folder, all of them', async () => {
    const { io, textOf: read } = fakeIo({ files });
    expect(await run(['rewrite', '-f', 'in', '--output-dir', 'out'], io)).toBe(exitCode.ok);
    expect(read('out/a.yaml')).toContain('_katib_push(print)');
    expect(read('out/b.yaml')).toBe(files['in/b.yaml']);
    expect(read('in/a.yaml')).toBe(files['in/a.yaml']);
  });

  it.each([
    ['standard input in place', ['-f', '-', '-i'], 'Standard input has no name'],
    ['two files of one name', ['-f', 'in/a.yaml', '-f', 'x/a.yaml', '-d', 'out'], 'would both be written'],
    ['in place and into a folder', ['-f', 'in', '-i', '-d', 'out'], 'cannot be used with'],
    ['objects in place', ['-f', 'in', '-i', '-o', 'json'], 'go to standard output alone'],
  ])('refuses %s', async (_, args, message) => {
    const { io, written } = fakeIo({ files: { ...files, 'x/a.yaml': 'a: 1' }, stdin: files['in/a.yaml'] });
    expect(await run(['rewrite', ...args], io)).toBe(exitCode.badInput);
    expect(written.stderr).toContain(message);
  });
});

describe('picking', () => {
  const two = `${textOf('embed-bash-ec')}---\n${textOf('embed-bash-ec')
    .replace('name: embed-bash-ec', 'name: other\n  labels:\n    team: vision')
    .replace('namespace: kubeflow', 'namespace: team-a')}`;

  it.each([
    ['--name', ['--name', 'other'], 'experiment/other'],
    ['--namespace', ['-n', 'team-a'], 'experiment/other'],
    ['--selector', ['-l', 'team=vision'], 'experiment/other'],
    ['--selector with !=', ['-l', 'team!=vision'], 'experiment/embed-bash-ec'],
    ['--selector with a key', ['-l', 'team'], 'experiment/other'],
    ['--selector without a key', ['-l', '!team'], 'experiment/embed-bash-ec'],
  ])('by %s; the others pass through', async (_, args, expected) => {
    const { io, written } = fakeIo({ files: { 'a.yaml': two } });
    expect(await run(['rewrite', '-f', 'a.yaml', ...args], io)).toBe(exitCode.ok);
    expect(written.stdout.match(/_katib_push\(print\)/g)).toHaveLength(1);
    expect(written.stderr).toContain(`${expected} rewritten`);
  });

  it.each([
    ['nothing of that name', ['--name', 'nobody'], 'No Experiment is called nobody.'],
    ['nothing of that label', ['-l', 'a=b'], 'No Experiment is labelled as --selector asks.'],
    ['a selector that is none', ['-l', 'a in (b)'], 'Give key=value'],
  ])('says that there is %s', async (_, args, message) => {
    const { io, written } = fakeIo({ files: { 'a.yaml': two } });
    expect(await run(['dry-run', '-f', 'a.yaml', ...args], io)).toBe(exitCode.badInput);
    expect(written.stderr).toContain(message);
  });
});
