import { expect, it } from 'vitest';
import { isGoTime } from '../../src/collect/go-time.ts';

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
