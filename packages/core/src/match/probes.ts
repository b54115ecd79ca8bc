import type { HoleType } from '../templates/template.ts';

/** One text for a hole of each type. */
export type Probes = Readonly<Record<HoleType, string>>;

/** What stands in for a hole of each type, in rounds. Several shapes, since a filter may want only one of them. */
// biome-ignore format: a table
export const probeRounds: readonly Probes[] = [
  { integer: '5', number: '0.5', percent: '50%', boolean: 'True', none: 'None', string: '0.5', unknown: '0.5' },
  { integer: '-5', number: '-1.5e-05', percent: '-5.5%', boolean: 'true', none: 'null', string: 'abc', unknown: '7' },
  // With a width (`{x:8.3f}`) and with a sign (`{x:+}`): formats that are known of numbers only.
  { integer: '   12345', number: '   0.500', percent: '  5.0%', boolean: 'False', none: 'None', string: 'a b', unknown: 'nan' },
  { integer: '+5', number: '+1.5e+05', percent: '+5%', boolean: 'false', none: 'nil', string: '-1', unknown: '-1.5e-05' },
];
