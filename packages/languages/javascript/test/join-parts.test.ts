import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from '@babel/parser';
import { everyNeed, usualNeeds } from '@katib-push/core';
import { describe, expect, it } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { joinParts } from '../src/client/join-parts.ts';
import { pushClient } from '../src/client/push-client.ts';
import { withoutComments } from '../src/client/without-comments.ts';
import { javascript } from './javascript.ts';

const folder = new URL('../client/parts/', import.meta.url);
const files = readdirSync(folder).map((name) => name.replace(/\.js$/, ''));
const MOST_BYTES = 40 * 1024;

/** The syntax tree of a function's body, without places and comments. */
function treesOf(source: string): readonly string[] {
  const { program } = parse(source, { allowReturnOutsideFunction: true, attachComment: false });
  return program.body
    .filter(({ type }) => type === 'FunctionDeclaration')
    .map((statement) =>
      JSON.stringify(statement, (key, value) => {
        if (['start', 'end', 'loc', 'parenStart', 'trailingComma'].includes(key)) return undefined;
        return typeof value === 'bigint' ? `${value}n` : value;
      }),
    )
    .sort();
}

describe('the client as it is injected', () => {
  const whole = joinParts(everyNeed);

  it('holds the functions of all parts, unchanged', () => {
    const parts = files.map((name) => readFileSync(new URL(`${name}.js`, folder), 'utf8'));
    expect(treesOf(whole)).toEqual(parts.flatMap(treesOf).sort());
  });

  it('has no comments but one that says what it is, and no blanks at the ends of lines', () => {
    const { comments } = parse(whole, { allowReturnOutsideFunction: true });
    expect(comments?.map(({ value }) => value)).toEqual([
      "* katib-push client: pushes the metrics that a Katib trial prints to Katib's DB manager. ",
    ]);
    expect(whole).toMatch(/^[\n\x20-\x7e]*$/);
    expect(whole).not.toMatch(/ $/m);
  });

  it('leaves out what is not needed', () => {
    const least = joinParts(usualNeeds);
    for (const name of [
      'createCustomFilters(names, patterns',
      'connectSecurely(require, options, authorities)',
    ])
      expect([whole.includes(name), least.includes(name)], name).toEqual([true, false]);
  });

  it('fits into the environment with room to spare', () => {
    expect(Buffer.byteLength(whole)).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('is the same text for the same needs', () => {
    const client = pushClient();
    expect(client.source(usualNeeds)).toBe(client.source({ ...usualNeeds }));
    expect(client.source(everyNeed)).not.toBe(client.source(usualNeeds));
    expect(javascript.client?.source(everyNeed)).toBe('');
  });
});

describe('a part', () => {
  it.each(files)(
    '%s exports the functions that it holds, and no other part has one of the same name',
    (name) => {
      const require = createRequire(import.meta.url);
      const namesOf = (file: string) => Object.keys(require(new URL(`${file}.js`, folder).pathname));
      const source = readFileSync(new URL(`${name}.js`, folder), 'utf8');
      expect([...source.matchAll(/^function (\w+)/gm)].map(([, own]) => own).sort()).toEqual(
        namesOf(name).sort(),
      );
      const others = files.filter((file) => file !== name).flatMap(namesOf);
      expect(namesOf(name).filter((own) => others.includes(own))).toEqual([]);
    },
  );
});

describe('withoutComments', () => {
  it.each([
    [
      lines`
      a();
      // b
      c();

    `,
      'a();\nc();\n',
    ],
    ['a(); // b\nc();\n', 'a();\nc();\n'],
    [
      lines`
      a();
      /**
       * b
       */
      c();

    `,
      'a();\nc();\n',
    ],
    ["a('// b');\n", "a('// b');\n"],
    ['a(/* b */ c);\n', 'a( c);\n'],
    [
      lines`
        // a
        // b

      c();

    `,
      '\nc();\n',
    ],
  ])('%j', (text, expected) => {
    const { comments } = parse(text);
    const ranges = comments?.map(({ start, end }) => ({ from: start ?? 0, to: end ?? 0 })) ?? [];
    expect(withoutComments(text, { from: 0, to: text.length }, ranges)).toBe(expected);
  });
});
