import { type ClientNeeds, everyNeed } from '@katib-push/core';
import { createJavaScript } from '@katib-push/javascript';
import { createPython } from '@katib-push/python';

/** How many bytes are delivered to a trial, by what it needs; what each need adds stands in front of the whole. */
const usual: ClientNeeds = { customFilters: false, tls: false, ranks: false };
const trials: Readonly<Record<string, ClientNeeds>> = {
  'the usual trial': usual,
  'custom filters': { ...usual, customFilters: true },
  TLS: { ...usual, tls: true },
  'one rank of many': { ...usual, ranks: true },
  'all of these': everyNeed,
};

for (const { name, client } of [await createPython(), createJavaScript()])
  for (const [trial, needs] of Object.entries(trials)) {
    const bytes = Buffer.byteLength(client?.source(needs) ?? '');
    console.log(`${name.padEnd(12)}${trial.padEnd(20)}${String(bytes).padStart(6)} bytes`);
  }
