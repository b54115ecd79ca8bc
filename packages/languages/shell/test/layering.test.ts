import { resolve } from 'node:path';
import { describeLayers } from '../../../../test/describe-layers.ts';

/** A script holds commands, and a command runs scripts. */
const recursions = [
  ['sure/scan-script.ts', 'sure/sure-command.ts'],
  [
    'walk/control-flow.ts',
    'walk/find-program.ts',
    'walk/run-command.ts',
    'walk/run-external.ts',
    'walk/run-other.ts',
    'walk/run-pipeline.ts',
    'walk/run-script.ts',
    'walk/run-source.ts',
    'walk/run-text.ts',
  ],
];

describeLayers(
  resolve(import.meta.dirname, '../src'),
  [
    ['limits.ts', 'fields-of.ts'],
    ['values'],
    ['state'],
    ['expand'],
    ['walk'],
    ['commands', 'sure'],
    ['unwrap-shell.ts'],
    ['document'],
    ['create-shell.ts'],
    ['index.ts'],
  ],
  recursions,
);
