import { describe, expect, test } from 'vitest';
import type { Questions } from './questions.ts';

/** One rewrite or one text that stays as it is (`after` absent), without the prelude. */
export interface RewriteCase {
  readonly name: string;
  readonly before: string;
  readonly after?: string;
}

/** Cases by family. */
export type RewriteTable = Readonly<Record<string, readonly RewriteCase[]>>;

/** Each case comes out as it is written, and a text that was rewritten stays as it is. */
export function describeRewrites(table: RewriteTable, { rewrite, withDocument }: Questions): void {
  const sinksOf = (text: string) => withDocument(text, (each) => each.statements().map(({ sink }) => sink));
  for (const [family, cases] of Object.entries(table)) {
    describe(family, () => {
      test.each(cases)('$name', ({ before, after }) => {
        expect(rewrite(before)).toBe(after ?? before);
      });

      test('nothing is left to do afterwards', () => {
        for (const { before } of cases) {
          const once = rewrite(before, 'env');
          expect(rewrite(once, 'env')).toBe(once);
          expect(sinksOf(once)).toEqual(sinksOf(before));
        }
      });
    });
  }
}
