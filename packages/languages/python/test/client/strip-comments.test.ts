import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stripComments } from '../../src/client/strip-comments.ts';
import { tokenize } from '../../src/client/tokenize.ts';

const PEER = fileURLToPath(new URL('./cpython.py', import.meta.url));
const PARTS = new URL('../../client/parts/', import.meta.url);

interface Compared {
  /** Whether the trees are equal, docstrings apart. */
  readonly same?: boolean;
  /** Those of the stripped text, and of the text. */
  readonly comments?: readonly string[];
  readonly before?: readonly string[];
  readonly error?: string;
}

/** What one process of CPython says of all texts and what is left of them. */
function compareAll(texts: readonly string[]): readonly Compared[] {
  const input = JSON.stringify(texts.map((text) => [text, stripComments(text)]));
  const { stdout, stderr } = spawnSync('python3', ['-I', '-W', 'ignore', PEER], { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const line = fc.constantFrom(
  'x = 1',
  "x = 'it # is'  # one",
  'x = "a\\"#"  # two',
  '# alone',
  "r'\\'#'",
  '"""text"""',
  "'text' 'more'",
  '"""text"""  # behind',
  'x = """a\n# not one\n"""',
  "x = b'''#\n'''  # three",
  'f = rb\'#\' + Rb"#"',
  "x = f'{1}#'",
  'x = (1,  # in brackets\n     # alone in brackets\n     2)',
  'x = [\n    "# no",\n]  # four',
  'x = 1 + \\\n    2  # continued',
  'x = 0x1f if 1else 2  # numbers',
  '',
  '   ',
  "x = 'a'; '''b'''",
  'x = u"\\\n#"',
  'pass',
  'def g(): "doc"',
);
const definition = fc.constantFrom(
  'def f(a="#"):',
  'class A:',
  'async def f() -> "x#":',
  'if x:  # why',
  'def f(\n        a,  # what\n):',
);

/** Texts of nested blocks. Each ends in a statement, so that no block is empty. */
const { block } = fc.letrec<{ block: string; nested: string }>((tie) => ({
  nested: fc
    .tuple(definition, tie('block'))
    .map(([head, body]) => `${head}\n${body.replace(/^(?=.)/gm, '    ')}`),
  block: fc
    .tuple(
      fc.array(fc.oneof({ maxDepth: 3 }, line, tie('nested')), { maxLength: 5 }),
      fc.constantFrom('x = 2', '"""last"""', '"""last"""\n\n# end'),
    )
    .map(([lines, last]) => [...lines, last].join('\n')),
}));

describe('a text without comments and docstrings', () => {
  test('is the same program to CPython, for every part of the client', () => {
    const names = readdirSync(PARTS).filter((name) => name.endsWith('.py'));
    const texts = names.map((name) => readFileSync(new URL(name, PARTS), 'utf8'));
    const compared = compareAll(texts);
    for (const [index, { same, comments }] of compared.entries())
      expect({ name: names[index], same, comments }).toEqual({
        name: names[index],
        same: true,
        comments: [],
      });
  });

  test('is the same program to CPython, for texts with strings and comments of all kinds', () => {
    const texts = fc.sample(block, { numRuns: 2000, seed: 8 });
    const compared = compareAll(texts);
    const valid = compared.filter(({ error }) => error === undefined);
    expect(valid.length).toBeGreaterThan(1500);
    expect(valid.filter(({ before = [] }) => before.length > 2).length).toBeGreaterThan(300);
    const wrong = valid.flatMap(({ same, comments }, index) =>
      same && comments?.length === 0 ? [] : [texts[compared.indexOf(valid[index] ?? {})]],
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test('is otherwise as it stands', () => {
    const text = `"""The client."""
# why
import sys, os  # both

NAMES = ('a, b',  # one
         "c = d # e")


class Reader:
    """Reads."""

    def read(self, text):
        """Reads a text,

        line by line."""
        # each
        if text == 'self, # x':  # this one
            return -1  +  0.5


class Empty:
    """Nothing."""


read = Reader().read
`;
    expect(stripComments(text)).toBe(`import sys, os

NAMES = ('a, b',
         "c = d # e")


class Reader:

    def read(self, text):
        if text == 'self, # x':
            return -1  +  0.5


class Empty:
    pass


read = Reader().read
`);
  });

  test('leaves what it has left', () => {
    fc.assert(
      fc.property(block, (text) => {
        const once = stripComments(text);
        expect(stripComments(once)).toBe(once);
      }),
    );
  });
});

describe('the tokens', () => {
  test('are the whole text', () => {
    fc.assert(
      fc.property(block, (text) => {
        expect(
          tokenize(text)
            .map(({ from, to }) => text.slice(from, to))
            .join(''),
        ).toBe(text);
      }),
    );
  });

  test('of a string that does not end', () => {
    expect(() => tokenize('x = """a')).toThrow('does not end');
  });
});
