import { type ClientNeeds, everyNeed, usualNeeds } from '@katib-push/core';
import { createJavaScript } from '@katib-push/javascript';
import { createPython } from '@katib-push/python';

/** How many bytes are delivered to a trial, by what it needs. */
const trials: Readonly<Record<string, ClientNeeds>> = {
  'the usual trial': usualNeeds,
  ...Object.fromEntries(Object.keys(usualNeeds).map((need) => [need, { ...usualNeeds, [need]: true }])),
  'all of these': everyNeed,
};

for (const { name, client } of [await createPython(), createJavaScript()])
  for (const [trial, needs] of Object.entries(trials)) {
    const bytes = Buffer.byteLength(client?.source(needs) ?? '');
    console.log(`${name.padEnd(12)}${trial.padEnd(17)}${String(bytes).padStart(6)} bytes`);
  }
