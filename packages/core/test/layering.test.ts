import { resolve } from 'node:path';
import { describeLayers } from '../../../test/describe-layers.ts';

describeLayers(resolve(import.meta.dirname, '../src'), [
  ['layers'],
  ['edits'],
  ['templates'],
  ['diagnostics'],
  ['language', 'apply'],
  ['unwrap'],
  ['match'],
  ['propose'],
  ['plan'],
  ['verify'],
  ['report'],
  ['policy'],
  ['rewrite.ts'],
  ['index.ts'],
]);
