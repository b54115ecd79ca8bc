import { resolve } from 'node:path';
import { describeLayers } from '../../../../test/describe-layers.ts';

/** What is printed holds expressions, and those hold others. */
const recursions = [
  ['templates/call-type.ts', 'templates/hole-type.ts'],
  [
    'templates/call.ts',
    'templates/displays.ts',
    'templates/f-string.ts',
    'templates/follow.ts',
    'templates/format-method.ts',
    'templates/format-spec.ts',
    'templates/json-dumps.ts',
    'templates/operator.ts',
    'templates/percent.ts',
    'templates/render.ts',
    'templates/repr.ts',
    'templates/string.ts',
  ],
];

describeLayers(
  resolve(import.meta.dirname, '../src'),
  [
    ['syntax'],
    ['names'],
    ['templates'],
    ['facts'],
    ['statements'],
    ['edits'],
    ['problems'],
    ['grammar.ts'],
    ['client', 'document.ts', 'launchers.ts'],
    ['python.ts'],
    ['index.ts'],
  ],
  recursions,
);
