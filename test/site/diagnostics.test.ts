import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commandCatalogue } from '../../packages/cli/src/problems/catalogue.ts';
import { scriptCatalogue } from '../../packages/core/src/index.ts';
import { experimentCatalogue } from '../../packages/katib/src/diagnostics/catalogue.ts';

const page = readFileSync(new URL('../../docs/diagnostics.md', import.meta.url), 'utf8');
const entries = [scriptCatalogue, experimentCatalogue, commandCatalogue].flatMap((one) =>
  Object.entries<readonly [string, string]>(one),
);

it.each(entries)('documents %s with its hint and an example', (code, [severity, hint]) => {
  const section = page.split(`\n## ${code}\n`)[1]?.split('\n## ')[0] ?? '';
  expect(section).toContain(`*${severity}*`);
  expect(section).toContain(hint);
  expect(section).toMatch(/^```(?:diff|text)\n/m);
});

it('documents each once, and nothing else', () => {
  const documented = [...page.matchAll(/^## (.+)$/gm)].map(([, code]) => code);
  expect(documented.toSorted()).toEqual(entries.map(([code]) => code).toSorted());
});
