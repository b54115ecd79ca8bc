import { everyNeed, usualNeeds } from '@katib-push/core';
import { createJavaScript } from '@katib-push/javascript';
import { createPython } from '@katib-push/python';
import { shimSource, usualShimNeeds } from '@katib-push/shim';

/** How many bytes are delivered to a trial, by what it needs. */
function show<Needs extends object>(
  name: string,
  usual: Needs,
  every: Needs,
  source: (needs: Needs) => string,
) {
  const trials: Readonly<Record<string, Needs>> = {
    'the usual trial': usual,
    ...Object.fromEntries(Object.keys(usual).map((need) => [need, { ...usual, [need]: true }])),
    'all of these': every,
  };
  for (const [trial, needs] of Object.entries(trials)) {
    const bytes = Buffer.byteLength(source(needs));
    console.log(`${name.padEnd(12)}${trial.padEnd(17)}${String(bytes).padStart(6)} bytes`);
  }
}

for (const { name, client } of [await createPython(), createJavaScript()])
  show(name, usualNeeds, everyNeed, (needs) => client?.source(needs) ?? '');

const everyShimNeed = Object.fromEntries(Object.keys(usualShimNeeds).map((need) => [need, true]));
show('shim', usualShimNeeds, { ...usualShimNeeds, ...everyShimNeed }, shimSource);
