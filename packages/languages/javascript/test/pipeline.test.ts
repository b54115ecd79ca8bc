import { compileFilters, outermostLayer, type Program, rewritePrograms } from '@katib-push/core';
import { describe, expect, test } from 'vitest';
import { javascript, rewrite } from './javascript.ts';
import { REWRITES } from './rewrites.ts';

const { filters } = compileFilters(['loss']);
if (!filters) throw new Error('the default filter compiles');

/** The whole pipeline over one script that stands alone in its string. */
function rewriteWhole(text: string) {
  if (!filters) throw new Error('the default filter compiles');
  const unwrap = (replaced: ReadonlyMap<string, string>): readonly Program[] => [
    {
      kind: 'text',
      language: javascript,
      layer: outermostLayer(replaced.get('/0') ?? text, 'script', '/0'),
      name: 'train.js',
      role: 'main',
      dropsEnvironment: false,
      output: { stdout: 'container', stderr: 'container' },
    },
  ];
  const { strings, report } = rewritePrograms(unwrap, { filters });
  return {
    after: strings.get('/0') ?? text,
    faults: report.diagnostics.filter(({ code }) => code.includes('fail')),
  };
}

describe('the pipeline proves each rewrite', () => {
  for (const [family, cases] of Object.entries(REWRITES)) {
    test.each(cases)(`${family}: $name`, ({ before }) => {
      // constants are never wanted: make them count
      const text = before.replaceAll(/\((\d)\)/g, '(`${$1}${b}`)');
      const { after, faults } = rewriteWhole(text);
      expect(faults).toEqual([]);
      expect(rewriteWhole(after).after).toBe(after);
      expect([text, rewrite(text, 'env')]).toContain(after);
    });
  }
});

test('a script is rewritten where it prints a metric', () => {
  const text = 'for (const e of [1, 2]) {\n  console.log("start");\n  console.log(`loss=${1 / e}`);\n}\n';
  expect(rewriteWhole(text).after.split('\n').at(-3)).toBe('  _katib_push(console).log(`loss=${1 / e}`);');
});
