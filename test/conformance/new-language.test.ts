import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const workspace = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'katib-push-new-language-'));
/** Not copied: what is big and not asked for. The modules are linked. */
const LEFT_OUT = new Set(['.git', '.venv', 'dist', 'docs', 'fixtures']);

beforeAll(() => {
  for (const part of [
    'packages',
    'scripts',
    'test',
    'vitest.config.ts',
    'package.json',
    'tsconfig.base.json',
  ])
    cpSync(join(workspace, part), join(copy, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !LEFT_OUT.has(basename(source)) || source.includes('new-language'),
    });
  symlinkSync(join(workspace, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function newLanguage(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/new-language.ts', ...words], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

interface TestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

it.each([
  [[], 'give one name'],
  [['Lua'], '"Lua" is no name for a folder'],
  [['../lua'], 'is no name for a folder'],
  [['lua', 'ruby'], 'give one name'],
  [['python'], 'packages/languages/python is there already'],
  [['core'], 'packages/core has that name already'],
])('refuses %j', (words, message) => {
  const { status, stdout, stderr } = newLanguage(...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^new-language: .*\n$/);
  expect(stderr).toContain(message);
});

it('makes a folder whose tests run, and fail with what to write', () => {
  const { status, stdout, stderr } = newLanguage('lua');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain("export { createLua } from '@katib-push/lua';");
  for (const file of [...stdout.matchAll(/^ {2}(packages\/\S+)$/gm)].map(([, path]) => path as string)) {
    expect(existsSync(join(copy, file)), file).toBe(true);
    expect(readFileSync(join(copy, file), 'utf8'), file).not.toMatch(/\{\{\w+\}\}/);
  }
  const katib = JSON.parse(readFileSync(join(copy, 'packages/katib/package.json'), 'utf8'));
  expect(katib.dependencies['@katib-push/lua']).toBe('workspace:*');
  const { references } = JSON.parse(readFileSync(join(copy, 'packages/katib/tsconfig.json'), 'utf8'));
  expect(references).toContainEqual({ path: '../languages/lua' });
  expect(newLanguage('lua').stderr).toContain('packages/languages/lua is there already');

  const { failures, skipped } = runTests('packages/languages/lua');
  for (const [test, message] of [
    ['is a language object as the contract says', 'none matches "lua"; write how the interpreter is called'],
    ['is a language object as the contract says', 'extensions: empty; write how files of the language end'],
    ['shows a metric with a value', 'no statement: write statements()'],
    ['comes out as it is kept', 'report.json is missing'],
    ['comes out the same in quoted heredoc', 'is the interpreter known?'],
    ['show the verdict metric', 'add a statement that writes a wanted metric'],
    ['show the verdict dynamic', 'known only at run time'],
    ['show the verdict suppressed', 'katib-push: ignore <reason>'],
    ['show modules', 'add a text that loads a file'],
    ['show unreadable', 'as another process does'],
    ['show value', 'passes on or stores what writes'],
    ['show a name of a sink that the text makes its own', '`"shadows": "print"`'],
    ['are at least half no-ops', 'add cases that must stay as they are'],
    ['hold a value that Katib fills in', 'what is opaque to the parser is not tried'],
    ['hold a text that does not parse', 'document.problem is not set for it'],
  ] as const)
    expect(failures.get([...failures.keys()].find((title) => title.startsWith(test)) ?? ''), test).toContain(
      message,
    );
  expect(skipped).toEqual(['runs, and what it pushes is what the collector reads']);
});

it('makes code that the compiler takes', () => {
  const { status, stdout } = spawnSync(
    join(copy, 'node_modules/.bin/tsc'),
    ['-p', 'packages/languages/lua', '--noEmit', '--customConditions', 'source', '--composite', 'false'],
    { cwd: copy, encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

/** The tests of a folder: those that fail with what they say, and those that could not run. */
function runTests(folder: string) {
  const report = join(copy, 'report.json');
  const ran = spawnSync(
    join(copy, 'node_modules/.bin/node'),
    ['node_modules/vitest/vitest.mjs', 'run', folder, '--reporter=json', `--outputFile=${report}`],
    { cwd: copy, encoding: 'utf8', env: { ...process.env, UPDATE: '' } },
  );
  expect(ran.status, ran.stderr).toBe(1);
  const { testResults }: TestReport = JSON.parse(readFileSync(report, 'utf8'));
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(all.length, testResults[0]?.message).toBeGreaterThan(20);
  const those = (wanted: string) => all.filter(({ status }) => status === wanted);
  return {
    failures: new Map(
      those('failed').map(({ title, failureMessages }) => [title, failureMessages.join('\n')]),
    ),
    skipped: those('skipped').map(({ title }) => title),
  };
}
