import { expect, it } from 'vitest';
import { diagnose } from '../src/index.ts';

it('keeps control characters and line breaks out of messages', () => {
  expect(diagnose('binary', 'a\u001b[31mb\nc\u2028d').message).toBe('a [31mb c d');
});
