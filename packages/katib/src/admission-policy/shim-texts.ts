import { type ShimNeeds, shimSource, usualShimNeeds } from '@katib-push/shim';
import { escapeForKubelet } from '../change/client-settings.ts';
import type { CelVariable } from './cel.ts';

const none = { ...usualShimNeeds, output: false, defaultFilter: false };

/** What a Trial's shim reads, and with which filters, by the name of its text in the ConfigMap. */
const readings: Readonly<Record<string, ShimNeeds>> = {
  shimOutput: { ...none, output: true, defaultFilter: true },
  shimOutputFilters: { ...none, output: true, customFilters: true },
  shimText: { ...none, file: true, defaultFilter: true },
  shimTextFilters: { ...none, file: true, customFilters: true },
  shimJson: { ...none, file: true, json: true },
};

/** The texts of the shim, one for each reading, with all else that a Trial may ask for by its rules and labels. */
export function shimTexts(needs: Pick<ShimNeeds, 'tls' | 'primaryPod'>): Readonly<Record<string, string>> {
  const texts = Object.entries(readings).map(([name, reading]) => {
    // the rows of a JSON file wait for success, whatever a label says
    const every = { ...reading, ...needs, earlyStopping: true, held: true, ifNone: !reading.json };
    return [name, escapeForKubelet(shimSource(every))];
  });
  return Object.fromEntries(texts);
}

/** The text that a Trial's shim is. */
export const shimVariables: readonly CelVariable[] = [
  {
    name: 'reading',
    expression: `variables.format == "JSON" ? "shimJson" : (variables.file ? "shimText" : "shimOutput") + (variables.filters == "null" ? "" : "Filters")`,
  },
  { name: 'shim', expression: 'params.data[variables.reading]' },
];
