import { type ShimNeeds, shimSource, usualShimNeeds } from '@katib-push/shim';
import { expect, it } from 'vitest';
import { everyShimNeed } from './shim-needs.ts';

const MOST_BYTES = 40 * 1024;

it('the shim has at most 40 KB, whatever a trial needs', () => {
  const needs = everyShimNeed();
  expect(needs).toContainEqual(usualShimNeeds);
  for (const need of Object.keys(usualShimNeeds) as (keyof ShimNeeds)[])
    expect(needs.some((each) => each[need])).toBe(true);
  const large = needs.filter((each) => Buffer.byteLength(shimSource(each)) > MOST_BYTES);
  expect(large).toEqual([]);
});
