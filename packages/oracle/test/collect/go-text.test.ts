import { expect, it } from 'vitest';
import { isGoTime, trimSpace } from '../../src/collect/go-text.ts';

it('trims what Go calls white space', () => {
  expect(trimSpace('\t\n\v\f\r \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000x y\u0085')).toBe(
    'x y',
  );
  expect(trimSpace('\ufeffx\u200b')).toBe('\ufeffx\u200b');
});

it.each([
  ['2026-06-22T5:07:21Z', true],
  ['2026-06-22T20:07:21,5Z', true],
  ['2026-06-22T20:07:21.Z', false],
  ['2026-06-22T20:07:21-24:60', true],
  ['2026-06-22T20:07:21-25:00', false],
  ['2026-6-22T20:07:21Z', false],
  ['2000-02-29T20:07:21Z', true],
  ['1900-02-29T20:07:21Z', false],
  ['2026-04-31T20:07:21Z', false],
  ['2026-00-10T20:07:21Z', false],
])('tells whether Go reads %s: %s', (text, readable) => {
  expect(isGoTime(text)).toBe(readable);
});
