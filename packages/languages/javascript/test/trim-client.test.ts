import { readFileSync } from 'node:fs';
import { parse } from '@babel/parser';
import { describe, expect, it } from 'vitest';
import { trimClient } from '../src/trim-client.ts';

const whole = readFileSync(new URL('../client/katib-push.js', import.meta.url), 'utf8');

/** The syntax tree of a function's body, without places and comments. */
function treeOf(source: string): unknown {
  const { program } = parse(source, { allowReturnOutsideFunction: true, attachComment: false });
  return JSON.parse(
    JSON.stringify(program, (key, value) => {
      if (['start', 'end', 'loc', 'parenStart', 'trailingComma'].includes(key)) return undefined;
      return typeof value === 'bigint' ? `${value}n` : value;
    }),
  );
}

describe('the client as it is injected', () => {
  const trimmed = trimClient(whole);

  it('is the same program, without what only the package has', () => {
    const injected = whole.replace(/^ *\/\/ #region package\n[\s\S]*?^ *\/\/ #endregion\n/gm, '');
    expect(injected).not.toContain('#');
    expect(treeOf(trimmed)).toEqual(treeOf(injected));
    expect(injected.length).toBeLessThan(whole.length - 2000);
  });

  it('keeps the first comment, and the lines as they are but for semicolons', () => {
    expect(trimmed.split('\n')[1]).toMatch(/^\/\*\* katib-push client: .*\*\/$/);
    const lines = new Set(whole.split('\n').map((line) => line.trim().replace(/;$/, '')));
    for (const line of trimmed.split('\n')) expect(lines.has(line.trim().replace(/;$/, '')), line).toBe(true);
  });

  it('has no text that goes over several lines and could be changed', () => {
    for (const line of whole.split('\n'))
      expect(line.search(/\S|$/) % 2, line).toBe(line.startsWith(' *') || /^ +\*/.test(line) ? 1 : 0);
  });

  it('is trimmed no further by a second time', () => {
    expect(treeOf(trimClient(trimmed))).toEqual(treeOf(trimmed));
  });
});

describe('trimClient', () => {
  it('takes whole-line comments, empty lines, regions, and semicolons in front of a closing brace', () => {
    const source = [
      "'use strict';",
      '/** first */',
      '// a',
      '',
      'if (x) {',
      '  // b',
      "  f('// no comment'); // stays",
      '  /**',
      '   * c',
      '   */',
      '  // #region package',
      '  only();',
      '  // #endregion',
      '  g();',
      '}',
      '',
    ];
    expect(trimClient(source.join('\n'))).toBe(
      "'use strict';\n/** first */\nif (x) {\n f('// no comment'); // stays\n g()\n}\n",
    );
  });

  it.each(['// #region package\nf();\n', "'use strict';\n// x\nf();\n/*\n"])(
    'does not take the rest away: %j',
    (source) => {
      expect(() => trimClient(source)).toThrow('does not end');
    },
  );
});
