import { describe, expect, it } from 'vitest';
import { deadlineOf } from '../src/index.ts';
import { timeLeft } from '../src/time.ts';

describe('the deadline of a URL', () => {
  it.each([
    ['/mutate?timeout=5s', 5_000],
    ['/mutate?timeout=30s', 30_000],
    ['/?a=b&timeout=1m30s', 90_000],
    ['https://host:1/x?timeout=1.5s', 1_500],
    ['/?timeout=250ms', 250],
    ['/?timeout=1h', 3_600_000],
  ])('%s', (url, milliseconds) => {
    expect(deadlineOf(url)).toBe(milliseconds);
  });

  it.each([
    '',
    '/',
    '/mutate',
    '/?timeout=',
    '/?timeout=5',
    '/?timeout=-5s',
    '/?timeout=5s;rm',
    '/?Timeout=5s',
    'timeout=5s',
    `/?timeout=${'9'.repeat(99)}s`,
  ])('is none in %j', (url) => {
    expect(deadlineOf(url)).toBeUndefined();
  });
});

describe('the time for an answer', () => {
  it.each([
    [3_000, undefined, 3_000],
    [3_000, 10_000, 3_000],
    [3_000, 3_000, 2_000],
    [3_000, 2_000, 1_000],
    [3_000, 1_000, 500],
    [100, 1_000, 100],
    [3_000, 0, 3_000],
    [3_000, Number.NaN, 3_000],
  ])('of %s with a deadline of %s is %s', (timeout, deadline, milliseconds) => {
    expect(timeLeft(timeout, deadline)).toBe(milliseconds);
  });
});
