import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findLineChanges } from '../src/editor/line-changes.ts';

const texts = fc
  .array(fc.constantFrom('', 'a', 'b', 'print(x)', '  print(y)', 'é💡'), { maxLength: 8 })
  .map((lines) => lines.join('\n'));

it('gives changes that lead from one text to the other, in order', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      let made = '';
      let at = 0;
      for (const { fromA, toA, fromB, toB } of findLineChanges(before, after)) {
        expect(fromA).toBeGreaterThanOrEqual(at);
        made += before.slice(at, fromA) + after.slice(fromB, toB);
        at = toA;
      }
      expect(made + before.slice(at)).toBe(after);
    }),
  );
});

it('shows what is inserted into a line, and not the line', () => {
  const before = 'a = 1\nprint(a)\nb = 2\n';
  const after = 'a = 1\n_katib_push(print)(a)\nb = 2\n';
  const changes = findLineChanges(before, after);
  expect(changes.every(({ fromA, toA }) => fromA === toA)).toBe(true);
  expect(changes.map(({ fromB, toB }) => after.slice(fromB, toB)).join('')).toBe('_katib_push()');
});
