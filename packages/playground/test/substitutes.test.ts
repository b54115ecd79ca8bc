import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as crypto from '../src/node/crypto.ts';
import * as util from '../src/node/util.ts';

it('hashes as Node does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
      const node = createHash('sha256').update(a).update(b).digest('hex');
      expect(crypto.createHash('sha256').update(a).update(b).digest('hex')).toBe(node);
    }),
  );
});

it('compares JSON values as Node does', () => {
  const values = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(0, -0, [], {}, '', null, undefined));
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(util.isDeepStrictEqual(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(util.isDeepStrictEqual(a, structuredClone(a))).toBe(true);
    }),
  );
});
