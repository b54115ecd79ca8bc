import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileFilters, readLine } from '@katib-push/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const require = createRequire(import.meta.url);
const partsFolder = fileURLToPath(new URL('../client/parts/', import.meta.url));
const { createDefaultFilter } = require(`${partsFolder}default-filter.js`);
const { createCustomFilters } = require(`${partsFolder}custom-filters.js`);

type Row = { readonly name: string; readonly value: string };
const asRead = (name: string, value: string): Row => ({ name, value });
const names = ['loss', 'a-b', '|', 'x y'];

/** What core reads, which a test of its own holds against RE2. */
function expectedRows(line: string, formats?: readonly string[]): readonly Row[] {
  const { filters } = compileFilters(names, formats);
  if (!filters) throw new Error('the formats are refused');
  return readLine(line, filters).map(({ name, value }) => ({ name, value }));
}

const line = fc
  .array(
    fc.constantFrom('loss', 'a-b', '|', 'x y', '=', '==', '-', '+', 'e', '.', '0', '12', ' ', '\t', '(', 'é'),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''));

test('the default filter reads what the collector reads', () => {
  const read = createDefaultFilter(names, asRead);
  const agrees = (text: string) => {
    expect(read(text)).toEqual(expectedRows(text));
  };
  fc.assert(fc.property(line, agrees), { numRuns: 3000 });
});

test.each([
  [['(loss|\\|)=(\\S*)']],
  [['([\\w|-]+)\\s*=\\s*([+-]?\\d*(\\.\\d+)?)', '(a-b) (\\d+)']],
  [['(\\w+)']],
])('custom filters %j read what the collector reads', (formats) => {
  const { filters } = compileFilters(names, formats);
  const read = createCustomFilters(names, filters?.portable, asRead);
  const agrees = (text: string) => {
    expect(read(text)).toEqual(expectedRows(text, formats));
  };
  fc.assert(fc.property(line, agrees), { numRuns: 1000 });
});
