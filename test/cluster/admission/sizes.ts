import { readCases } from '../../cases/read-cases.ts';
import type { Stored } from './world.ts';

/** An Experiment by the name that it is created under. */
export interface Sized {
  readonly name: string;
  readonly experiment: unknown;
}

const script = (size: number) => `import sys\n${'# padding\n'.repeat(size / 10)}print("loss=0.5")\n`;
const KIB = 1024;

/** Experiments near what an argument may hold (128 KiB), and near what the API server takes for an object (1.5 MiB). */
export function sizedExperiments(): readonly Sized[] {
  const base = readCases().find(({ name }) => name === 'py-brackets')!.experiment;
  const make = (name: string, argument: number, padding: number): Sized => {
    const experiment = structuredClone(base) as Stored;
    const { containers } = experiment.spec.trialTemplate.trialSpec.spec.template.spec;
    // what the template's parameters are named in has to stay
    Object.assign(containers[0], {
      command: ['python3', '-c'],
      args: [script(argument), '${trialParameters.lr}'],
    });
    const piece = 'x'.repeat(100 * KIB);
    if (padding > 0)
      containers[0].env = Array.from({ length: padding }, (_, at) => ({
        name: `PADDING_${at}`,
        value: piece,
      }));
    return { name, experiment };
  };
  return [
    make('size-argument-fits', 90 * KIB, 0),
    make('size-argument-limit', 127 * KIB, 0),
    make('size-object-fits', KIB, 9),
    make('size-object-limit', KIB, 14),
  ];
}
