import { expect } from 'vitest';

/** Fails with the faults as its message, if there are any. */
export function expectNone(faults: readonly string[]): void {
  expect(faults.length, faults.join('\n')).toBe(0);
}
