import { rewriteExperiment, rewriteScript } from '@katib-push/katib';
import { expect, it } from 'vitest';
import { dresses, verdictsOf } from '../dresses.ts';
import { readCases } from './read-cases.ts';

/** Dresses in which a text is another program: a shell takes each character as it is. */
const otherPrograms: Readonly<Record<string, readonly string[]>> = { shell: ['CRLF', 'BOM'] };

async function rewrite(text: string, language: string, metrics: readonly string[]) {
  const { scripts, diagnostics } = await rewriteScript(text, { name: 'script', language, metrics });
  const [script] = scripts;
  if (!script) throw new Error(diagnostics.map((one) => one.message).join('\n'));
  return { text: script.after, verdicts: verdictsOf(script) };
}

/** Each script of the cases that is rewritten, and what comes of it. */
const scripts = await findScripts();

async function findScripts() {
  const found = [];
  for (const one of readCases()) {
    const { report } = await rewriteExperiment(one.experiment);
    if (report.outcome !== 'rewritten') continue;
    const metrics = report.metrics.map((metric) => metric.name);
    for (const { before: written, language, name } of report.scripts) {
      const before = written.replace(/\$\{trialParameters[^}]*\}/g, (placeholder) =>
        '_'.repeat(placeholder.length),
      );
      const plain = await rewrite(before, language, metrics);
      if (plain.text !== before)
        found.push({ name: `${one.name}, ${name}`, before, language, metrics, plain });
    }
  }
  return found;
}

it.each(dresses)('with $name, every script is rewritten as without', async ({ name: dressed, dress }) => {
  let compared = 0;
  for (const { name, before, language, metrics, plain } of scripts) {
    const other = otherPrograms[language]?.includes(dressed) ? undefined : dress(before);
    if (other === undefined) continue;
    const result = await rewrite(other, language, metrics);
    expect(result, name).toEqual({ ...plain, text: dress(plain.text) });
    compared++;
  }
  expect(compared).toBeGreaterThan(80);
});
