import { describe, expect, it } from 'vitest';
import { INSTALLED, manager, prelude, push, pushLikePlain } from './javascript.ts';
import { nodes } from './nodes.ts';

const PRINTS = `_katib_push(console).log('accuracy=1');_katib_push(console).error('loss=2');`;
const ROWS = ['accuracy=1', 'loss=2'];

describe('how a program is run', () => {
  describe.concurrent.each([...nodes()])('by Node %s', (version, node) => {
    it.each([
      ['a CommonJS file', {}],
      ['an ES module', { name: 'script.mjs' }],
      ['-e', { args: ['-e', 'TEXT'] }],
      ['-p', { args: ['-p', 'TEXT'] }],
      ['stdin', { args: [], stdin: true }],
      ['-e as a module', { args: ['--input-type=module', '-e', 'TEXT'] }],
      ['stdin as a module', { args: ['--input-type=module'], stdin: true }],
    ])('%s', async (_, how) => {
      expect((await pushLikePlain({ ...how, script: PRINTS, node })).rows).toEqual(ROWS);
    });

    it('an ES module that exits at once, with the prelude giving it require', async () => {
      const { rows, code } = await pushLikePlain({
        name: 'script.mjs',
        prelude: `import { createRequire } from 'module'; ${prelude(',require:createRequire(import.meta.url)')}`,
        script: `${PRINTS} process.exit(3)`,
        node,
      });
      expect({ rows, code }).toEqual({ rows: ROWS, code: 3 });
    });

    it('an ES module that exits at once', async () => {
      const { rows, code, stderr } = await push({
        name: 'script.mjs',
        script: `${PRINTS} process.exit(3)`,
        node,
      });
      // before 20.16 nothing there gives Node's modules without waiting
      const old = Number(version) < 20;
      expect({ rows, code }).toEqual({ rows: old ? [] : ROWS, code: 3 });
      expect(stderr).toBe(
        old
          ? `loss=2\nkatib-push: 2 observations did not reach ${manager.address} (the program exits too early): 2 are lost\n`
          : 'loss=2\n',
      );
    });
  });

  it('an ES module that awaits', async () => {
    const { rows } = await pushLikePlain({
      name: 'script.mjs',
      script: `_katib_push(console).log('accuracy=1'); await new Promise((r) => setTimeout(r, 50)); _katib_push(console).log('loss=2')`,
    });
    expect(rows).toEqual(ROWS);
  });

  it('several files share one client', async () => {
    const { rows } = await pushLikePlain({
      files: { 'other.cjs': `${prelude()}exports.say = () => _katib_push(console).log('loss=2')` },
      script: `_katib_push(console).log('accuracy=1');require('./other.cjs').say()`,
    });
    expect(rows).toEqual(ROWS);
  });

  it('as an installed module', async () => {
    const { rows } = await pushLikePlain({
      files: INSTALLED,
      prelude: `let _katib_push=f=>f;try{require('@katib-push/client').bind({bind:f=>{_katib_push=f}})}catch{}\n`,
      script: PRINTS,
    });
    expect(rows).toEqual(ROWS);
  });

  it('leaves the global object as it was, but for one hidden key', async () => {
    const { stdout } = await pushLikePlain(
      `_katib_push(console).log('x'); console.log(Object.keys(globalThis), Reflect.ownKeys(globalThis).filter((k) => typeof k === 'string').length, Object.keys(process).length, Object.keys(process.stdout).length)`,
    );
    expect(stdout).toContain('setTimeout');
  });

  it.each([
    ['--permission', ['--permission', '--allow-fs-read=*', 'FILE'], false],
    ['--permission --allow-worker', ['--permission', '--allow-fs-read=*', '--allow-worker', 'FILE'], true],
    ['--frozen-intrinsics', ['--frozen-intrinsics', 'FILE'], true],
    ['--disable-proto=throw', ['--disable-proto=throw', 'FILE'], true],
    ['--enable-source-maps', ['--enable-source-maps', 'FILE'], true],
    ['--unhandled-rejections=strict', ['--unhandled-rejections=strict', 'FILE'], true],
    [
      '--throw-deprecation',
      ['--trace-warnings', '--throw-deprecation', '--pending-deprecation', 'FILE'],
      true,
    ],
  ])('%s', async (_, args, works) => {
    const { rows, code } = await (works ? pushLikePlain : push)({ args, script: PRINTS });
    expect({ rows, code }).toEqual({ rows: works ? ROWS : [], code: 0 });
  });

  it.each([
    ['that may not write either: lost, and counted', [], undefined, '2 are lost'],
    ['that may write: spilled', ['--allow-fs-write=*'], ROWS, '2 are in '],
  ])('without a thread, in a program %s', async (_, flags, wanted, said) => {
    const { rows, spilled, stderr, code } = await push({
      args: ['--permission', '--allow-fs-read=*', ...flags, 'FILE'],
      script: PRINTS,
    });
    expect({ rows, spilled, code }).toEqual({ rows: [], spilled: wanted, code: 0 });
    expect(stderr).toMatch(
      /^loss=2\nkatib-push: 2 observations did not reach \S+ \(.*--allow-worker.*\): .*\n$/,
    );
    expect(stderr).toContain(said);
  });

  it('does not run what -r and NODE_OPTIONS load a second time', async () => {
    const { rows, stdout } = await pushLikePlain({
      files: { 'first.cjs': `console.log('loaded')` },
      args: ['-r', './first.cjs', 'FILE'],
      env: { NODE_OPTIONS: '--require ./first.cjs' },
      script: PRINTS,
    });
    expect({ rows, stdout }).toEqual({ rows: ROWS, stdout: 'loaded\naccuracy=1\n' });
  });

  it('where eval of strings is not allowed: a pass-through', async () => {
    const { rows } = await pushLikePlain({
      args: ['--disallow-code-generation-from-strings', 'FILE'],
      script: PRINTS,
    });
    expect(rows).toEqual([]);
  });
});
