import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Delivery } from '@katib-push/core';
import { afterAll, describe, expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { rewrite, withDocument } from './javascript.ts';

const folder = mkdtempSync(join(tmpdir(), 'katib-push-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The prelude as `‹›` in the text, and whether it moves lines. */
function place(text: string): string {
  return withDocument(text, (document) => {
    const firstUse = document.statements()[0]?.from ?? 0;
    const prelude = document.prelude({ clientName: '_katib_push', firstUse, delivery: { kind: 'env' } });
    if ('impossible' in prelude) return `impossible: ${prelude.impossible}`;
    const { from, insert } = prelude.edit;
    expect({ insert, addsLine: prelude.addsLine }).toEqual({
      insert: expect.not.stringContaining('\n'),
      addsLine: false,
    });
    return text.slice(0, from) + (insert.startsWith(';') ? ';‹›' : '‹›') + text.slice(from);
  });
}

describe('its place', () => {
  test.each([
    ['console.log(1)', '‹›console.log(1)'],
    ['\nconsole.log(1)', '‹›\nconsole.log(1)'],
    [
      lines`
      #!/usr/bin/env node
      // c

      console.log(1)
    `,
      lines`
      #!/usr/bin/env node
      // c
      ‹›
      console.log(1)
    `,
    ],
    ['#!/usr/bin/env node\nconsole.log(1)', '#!/usr/bin/env node\n‹›console.log(1)'],
    ['"use strict";\nconsole.log(1)', '"use strict";‹›\nconsole.log(1)'],
    ["'use strict'\n'use x' // c\nconsole.log(1)", "'use strict'\n'use x';‹› // c\nconsole.log(1)"],
    [
      'import a from "a";\nimport b from "b"\nconsole.log(1)',
      'import a from "a";\nimport b from "b";‹›\nconsole.log(1)',
    ],
    ['/*\n\n*/ console.log(1)', '/*\n\n*/ ‹›console.log(1)'],
    ['\uFEFFconsole.log(1)', '\uFEFF‹›console.log(1)'],
    ['\uFEFF\nconsole.log(1)', '\uFEFF‹›\nconsole.log(1)'],
    ['\r\nconsole.log(1)\r\n', '‹›\r\nconsole.log(1)\r\n'],
    ['console.log(1); import a from "a"', '‹›console.log(1); import a from "a"'],
    ['// nothing', 'impossible: the text holds no statement'],
  ])('%j', (text, expected) => expect(place(text)).toBe(expected));
});

/** A client that tells what it is given, and marks what is called through it. */
const CLIENT = `
globalThis.bound = (globalThis.bound || 0) + 1;
katib_push_into.bind((of, keep) => typeof of === 'function'
  ? (...values) => of('[' + (keep || 0) + ']', ...values)
  : { log: (...values) => of.log('[client]', ...values) });
process.on('exit', () => console.log(JSON.stringify(katib_push_into.overrides || null)));`;

function preludeOf(text: string, delivery: Delivery, streams?: readonly ('stdout' | 'stderr')[]): string {
  return withDocument(text, (document) => {
    const name = document.freeName();
    const statements = document.statements().filter(({ cannot }) => !cannot);
    const prelude = document.prelude({
      clientName: name,
      firstUse: statements[0]?.from ?? 0,
      delivery,
      ...(streams ? { streams } : {}),
    });
    if ('impossible' in prelude) throw new Error(prelude.impossible);
    const wraps = statements.flatMap((statement) => document.wrap(statement, name));
    return document.edit([prelude.edit, ...wraps]).document.text;
  });
}

function run(text: string, name: string, client: string | undefined, ...flags: string[]): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  const env = { PATH: process.env.PATH, ...(client === undefined ? {} : { KATIB_PUSH_JAVASCRIPT: client }) };
  return execFileSync(process.execPath, [...flags, file], { env, encoding: 'utf8' });
}

const COMMON =
  '"use strict"\nconst { log } = console; console.log("a"); log("b"); ["c"].forEach(console.log)\n';
const MODULE = lines`
    import { sep } from "node:path";
    const require = await Promise.resolve(1);
    console.log(sep, require)

  `;

describe('what it does', () => {
  test.each([
    [
      'a CommonJS file',
      'a.cjs',
      COMMON,
      lines`
      [client] a
      [0] b
      [1] c 0 [ 'c' ]
      null

    `,
    ],
    ['an ES module', 'a.mjs', MODULE, '[client] / 1\nnull\n'],
    ['TypeScript', 'a.ts', 'const x: number = 1;\nconsole.log(x!)\n', '[client] 1\nnull\n'],
  ])('%s', (_, name, text, expected) => {
    expect(run(preludeOf(text, { kind: 'env' }), name, CLIENT)).toBe(expected);
  });

  test.each([
    ['no client', undefined],
    ['a broken one', 'throw new Error("x")'],
    ['text that is no code', 'x ='],
  ])('with %s, nothing changes', (_, client) => {
    for (const [name, text] of [
      ['b.cjs', COMMON],
      ['b.mjs', MODULE],
    ] as const)
      expect(run(preludeOf(text, { kind: 'env' }), name, client)).toBe(run(text, name, undefined));
  });

  test('inline, the script holds the client and its settings', () => {
    const delivery = {
      kind: 'inline',
      source: `${CLIENT}/* é\u2028" */`,
      settings: '{"trial":"é"}',
    } as const;
    expect(run(preludeOf(COMMON, delivery, ['stdout']), 'c.cjs', undefined)).toContain(
      lines`
        [client] a
        [0] b
        [1] c 0 [ 'c' ]
        {"trial":"é","streams":["stdout"]}
      `,
    );
  });

  test('a module that is called before it runs finds the pass-through', () => {
    writeFileSync(join(folder, 'first.mjs'), 'import { say } from "./d.mjs";\nsay("early");\n');
    const text = lines`
      import "./first.mjs";
      export function say(x) { console.log(x) }
      say("late")

    `;
    expect(run(preludeOf(text, { kind: 'env' }), 'd.mjs', CLIENT)).toBe(lines`
      early
      [client] late
      null

    `);
  });

  test('node -p prints the same value', () => {
    for (const text of ['var x = 1', 'console.log("a"); 5', 'console.log("a")']) {
      const print = (code: string) =>
        execFileSync(process.execPath, ['-p', code], { env: {}, encoding: 'utf8' });
      expect(print(preludeOf(text, { kind: 'env' }))).toBe(print(text));
    }
  });

  test('a name that is taken is left alone', () => {
    expect(rewrite('const _katib_push = 1; console.log(_katib_push)', 'env')).toContain(
      '_katib_push_1(console).log(_katib_push)',
    );
  });
});

describe('of an image without the module', () => {
  test.each(['x.cjs', 'x.mjs'])('a trial says so in one line: %s', (name) => {
    const path = join(folder, name);
    writeFileSync(path, rewrite('console.log(1)', 'image'));
    const told = (env: Record<string, string>) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8', env });
      return { status, stdout, stderr };
    };
    expect(told({ KATIB_PUSH_CONFIG: '{}' })).toEqual({
      status: 0,
      stdout: '1\n',
      stderr: 'katib-push: the image has no module @katib-push/client: nothing is pushed\n',
    });
    expect(told({})).toEqual({ status: 0, stdout: '1\n', stderr: '' });
  });

  test('a closed stderr harms nothing', () => {
    const path = join(folder, 'closed.cjs');
    writeFileSync(path, rewrite('console.log(1)', 'image'));
    const command = `"${process.execPath}" "${path}" 2>&-`;
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8', env: { KATIB_PUSH_CONFIG: '{}' } })).toBe(
      '1\n',
    );
  });
});
