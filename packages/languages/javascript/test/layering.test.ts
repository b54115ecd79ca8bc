import { resolve } from 'node:path';
import { describeLayers } from '../../../../test/describe-layers.ts';

/** What is printed holds expressions, and those hold others. */
const recursions = [
  [
    'templates/follow.ts',
    'templates/format.ts',
    'templates/inspect.ts',
    'templates/json.ts',
    'templates/render.ts',
    'templates/string.ts',
  ],
];

describeLayers(
  resolve(import.meta.dirname, '../src'),
  [
    ['syntax'],
    ['names'],
    ['reparse', 'templates', 'facts'],
    ['statements'],
    ['edits'],
    ['client', 'document.ts', 'interpreters.ts', 'launchers.ts', 'source-type.ts'],
    ['javascript.ts'],
    ['index.ts'],
  ],
  recursions,
);
