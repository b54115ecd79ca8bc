import { describe, expect, it, test } from 'vitest';
import { boundClientNames, chooseClientName } from '../src/language/client-name.ts';
import { occurrencesOf, occursSuchThat } from '../src/language/occurrences.ts';
import { type Facts, fact, loadedOnce } from '../src/language/once.ts';
import { brokenDocument, findBinary, shownLine } from '../src/language/plain-document.ts';

const prelude = /\bbind (\w+);/g;

test.each([
  ['', '_katib_push'],
  ['_katib_push_x = _katib_pushed', '_katib_push'],
  ['_katib_push = 1', '_katib_push_1'],
  ['_katib_push = _katib_push_1', '_katib_push_2'],
  ['bind _katib_push; _katib_push(print)', '_katib_push'],
  ['bind _katib_push_1; _katib_push = 1', '_katib_push_1'],
])('the name of the client in %j is %s', (text, name) => {
  expect(chooseClientName(text, prelude)).toBe(name);
});

test('the names that preludes bind', () => {
  expect([...boundClientNames('bind _katib_push; bind _katib_push_1;', prelude)]).toEqual([
    '_katib_push',
    '_katib_push_1',
  ]);
});

test.each<readonly [text: string, name: string, from: number, to: number, found: readonly number[]]>([
  ['x xx x$ x "x" #x', 'x', 0, 16, [0, 8, 11, 15]],
  ['x x x', 'x', 1, 4, [2]],
  ['éx x', 'x', 0, 4, [3]],
  ['', 'x', 0, 0, []],
])('in %j stands %s', (text, name, from, to, found) => {
  expect(occurrencesOf(text, name, from, to)).toEqual(found);
  expect(occursSuchThat(text, name, (at) => at === found.at(-1))).toBe(found.length > 0);
  expect(occursSuchThat(text, name, () => false)).toBe(false);
});

test('a fact is found once for each script', () => {
  let found = 0;
  const lengthOf = fact(({ text }: { readonly text: string; readonly facts: Facts }) => {
    found++;
    return text === '' ? undefined : text.length;
  });
  const scripts = ['', 'ab'].map((text) => ({ text, facts: new Map() }));
  for (const _ of [1, 2]) expect(scripts.map(lengthOf)).toEqual([undefined, 2]);
  expect(found).toBe(2);
});

describe('what is loaded once', () => {
  it('is tried again where loading failed, and then the same for all', async () => {
    let tries = 0;
    const load = loadedOnce(async () => {
      tries++;
      if (tries === 1) throw new Error('not there yet');
      return { tries };
    });
    await expect(load()).rejects.toThrow('not there yet');
    expect(await load()).toBe(await load());
    expect(tries).toBe(2);
  });
});

test('a broken document says so, finds nothing, and proves nothing of an edit', () => {
  const problem = findBinary('a\0b');
  expect(problem).toEqual({
    code: 'binary',
    message: 'this is not text: it holds NUL bytes',
    range: { from: 1, to: 2 },
  });
  if (!problem) return;
  const parse = (text: string) => brokenDocument(text, problem, parse);
  const document = parse('a\0b');
  expect([document.statements(), document.modules(), document.wrap({} as never, 'x')]).toEqual([[], [], []]);
  const edited = document.edit([{ from: 3, to: 3, insert: 'c', reason: '' }]);
  expect([edited.document.text, edited.unproven]).toEqual(['a\0bc', problem.message]);
});

test.each([
  ['', ''],
  ['a  \nb', 'a'],
  ['\nb', ''],
  ['x'.repeat(50), `${'x'.repeat(39)}…`],
])('of %j is shown %j', (text, shown) => {
  expect(shownLine(text)).toBe(shown);
});
