import { compileFilters, outermostLayer, type Program, rewritePrograms } from '@katib-push/core';
import { describe, expect, test } from 'vitest';
import { python, rewrite } from './python.ts';
import { REWRITES } from './rewrites.ts';

const { filters } = compileFilters(['loss']);
if (!filters) throw new Error('the default filter compiles');

/** The whole pipeline over one script that stands alone in its string. */
function rewriteWhole(text: string) {
  if (!filters) throw new Error('the default filter compiles');
  const unwrap = (replaced: ReadonlyMap<string, string>): readonly Program[] => [
    {
      kind: 'text',
      language: python,
      layer: outermostLayer(replaced.get('/0') ?? text, 'script', '/0'),
      name: 'train.py',
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
      const text = before.replaceAll(/\((["']?)\w\1\)/g, '(f"{a}={b}")');
      const { after, faults } = rewriteWhole(text);
      expect(faults).toEqual([]);
      expect(rewriteWhole(after).after).toBe(after);
      if (!/\bprint\(\)|\("/.test(text)) expect([text, rewrite(text, 'env')]).toContain(after);
    });
  }
});

test('a script is rewritten where it prints a metric', () => {
  const text = 'for e in range(3):\n\n    print("start")\n    print(f"loss={1 / (e + 1)}")\n';
  expect(rewriteWhole(text).after.split('\n').at(-2)).toBe('    _katib_push(print)(f"loss={1 / (e + 1)}")');
});
