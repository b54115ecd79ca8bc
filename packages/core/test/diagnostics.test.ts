import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogue, diagnose } from '../src/index.ts';

const page = readFileSync(new URL('../../../docs/diagnostics.md', import.meta.url), 'utf8');

it.each(Object.entries(catalogue))('documents %s with its hint and an example', (code, [severity, hint]) => {
  const section = page.split(`\n## ${code}\n`)[1]?.split('\n## ')[0] ?? '';
  expect(section).toContain(`*${severity}*`);
  expect(section).toContain(hint);
  expect(section).toMatch(/^```(?:diff|text)\n/m);
});

it('documents nothing else', () => {
  const documented = [...page.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
  expect(documented).toEqual(Object.keys(catalogue));
});

it('keeps control characters and line breaks out of messages', () => {
  expect(diagnose('internal-error', 'a\u001b[31mb\nc\u2028d').message).toBe('a [31mb c d');
});
