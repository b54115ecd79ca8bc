import { everyNeed, usualNeeds } from '@katib-push/core';
import { createJavaScript } from '@katib-push/javascript';
import { createPython } from '@katib-push/python';
import { type ShimNeeds, shimSource, usualShimNeeds } from '@katib-push/shim';
import { everyShimNeed } from '../test/shim-needs.ts';

/** How many bytes are delivered to a trial, by what it needs. */
function show<Needs extends object>(
  name: string,
  usual: Needs,
  others: Readonly<Record<string, Partial<Needs>>>,
  source: (needs: Needs) => string,
) {
  for (const [trial, needs] of Object.entries({ 'the usual trial': {}, ...others })) {
    const bytes = Buffer.byteLength(source({ ...usual, ...needs }));
    console.log(`${name.padEnd(12)}${trial.padEnd(20)}${String(bytes).padStart(6)} bytes`);
  }
}

const clientOptions = {
  ...Object.fromEntries(Object.keys(usualNeeds).map((need) => [need, { [need]: true }])),
  'all of these': everyNeed,
};
for (const { name, client } of [await createPython(), createJavaScript()])
  show(name, usualNeeds, clientOptions, (needs) => client?.source(needs) ?? '');

const file = { output: false, file: true };
const json = { ...file, defaultFilter: false, json: true, held: true };
const filters = { defaultFilter: false, customFilters: true };
const bytes = (needs: ShimNeeds) => Buffer.byteLength(shimSource(needs));
const largest = everyShimNeed().toSorted((a, b) => bytes(b) - bytes(a))[0];
const shimOptions: Readonly<Record<string, Partial<ShimNeeds>>> = {
  'custom filters': filters,
  TLS: { tls: true },
  'a file': file,
  'a file of JSON': json,
  'early stopping': { earlyStopping: true },
  'several pods': { primaryPod: true },
  'deliver: success': { held: true },
  'deliver: if-none': { held: true, ifNone: true },
  'the most of a trial': { ...largest },
};
show('shim', usualShimNeeds, shimOptions, shimSource);
