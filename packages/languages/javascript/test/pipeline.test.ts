import { expect, test } from 'vitest';
import { describePipeline } from '../../../../test/languages/describe-pipeline.ts';
import { javascript, rewrite } from './javascript.ts';
import { REWRITES } from './rewrites.ts';

const rewriteWhole = describePipeline({ language: javascript, name: 'train.js', role: 'main' }, REWRITES, {
  // constants are never wanted: make them count
  counting: (text) => text.replaceAll(/\((\d)\)/g, '(`${$1}${b}`)'),
  allowed: (text) => [text, rewrite(text, 'env')],
});

test('a script is rewritten where it prints a metric', () => {
  const text = 'for (const e of [1, 2]) {\n  console.log("start");\n  console.log(`loss=${1 / e}`);\n}\n';
  expect(rewriteWhole(text).after.split('\n').at(-3)).toBe('  _katib_push(console).log(`loss=${1 / e}`);');
});
