import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkNode } from '../src/check-node.ts';

it('takes the versions of Node that package.json names, and says what it needs of others', () => {
  const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  const oldest = engines.node.replace('>=', '');
  for (const version of [`${oldest}.0`, '22.19.1', '24.0.0', '101.1.1'])
    expect(checkNode(version)).toBeUndefined();
  for (const version of ['22.17.9', '20.19.0', '18.0.0'])
    expect(checkNode(version)).toBe(`katib-push needs Node ${oldest} or later; this is ${version}.`);
});
