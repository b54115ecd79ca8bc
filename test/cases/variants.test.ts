import { rewriteExperiment, rewriteScript } from '@katib-push/katib';
import { describe, expect, it } from 'vitest';
import { readCases } from './read-cases.ts';
import { type Variant, variants } from './variants.ts';

/** What one rewrite of a plain script gives, without places. */
interface Result {
  readonly text: string;
  readonly verdicts: readonly string[];
}

async function rewrite(
  text: string,
  language: string,
  metrics: readonly string[],
): Promise<Result | undefined> {
  const { scripts, diagnostics } = await rewriteScript(text, { name: 'script', language, metrics });
  const [script] = scripts;
  if (!script) throw new Error(diagnostics.map((one) => one.message).join('\n'));
  if (script.after === script.before) return undefined;
  return {
    text: script.after,
    verdicts: script.statements.map(({ verdict, text: source }) => `${verdict} ${source}`),
  };
}

describe.each(variants.map((variant): [string, Variant] => [variant.name, variant]))(
  'with %s',
  (_name, variant) => {
    it('every script is rewritten as without', async () => {
      let compared = 0;
      for (const one of readCases()) {
        const { report } = await rewriteExperiment(one.experiment);
        if (report.outcome !== 'rewritten') continue;
        const metrics = report.metrics.map((metric) => metric.name);
        for (const { before: written, language, name } of report.scripts) {
          const before = written.replace(/\$\{trialParameters[^}]*\}/g, (placeholder) =>
            '_'.repeat(placeholder.length),
          );
          if (variant.notFor?.includes(language)) continue;
          const dressed = variant.dress(before);
          const plain = await rewrite(before, language, metrics);
          if (dressed === undefined || !plain) continue;
          const result = await rewrite(dressed, language, metrics);
          const expected = variant.name.startsWith('no newline')
            ? plain.text.replace(/\n+$/, '')
            : plain.text;
          expect(variant.undress(result?.text ?? ''), `${one.name}, ${name}`).toBe(expected);
          expect(result?.verdicts.map(variant.undress)).toEqual(plain.verdicts.map(variant.undress));
          compared++;
        }
      }
      expect(compared).toBeGreaterThan(80);
    });
  },
);
