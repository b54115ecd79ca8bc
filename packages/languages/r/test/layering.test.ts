import { resolve } from 'node:path';
import { describeLayers } from '../../../../test/describe-layers.ts';

/** What is printed holds expressions, and those hold others. */
const recursions = [
  ['templates/glue.ts', 'templates/render.ts', 'templates/sprintf.ts', 'templates/text-call.ts'],
];

describeLayers(
  resolve(import.meta.dirname, '../src'),
  [
    ['grammar.ts', 'script.ts'],
    ['call.ts', 'problem.ts'],
    ['templates'],
    ['statements'],
    ['facts'],
    ['document.ts'],
    ['r.ts'],
    ['index.ts'],
  ],
  recursions,
);
