import { type Coverage, compileFilters, outermostLayer, rewritePrograms } from '@katib-push/core';
import { diagnose, type ScriptsReport } from './diagnostics/diagnose.ts';
import { sharedLanguages } from './rewrite.ts';

/** How one plain script is read. */
export interface ScriptOptions {
  /** The script's name, for the report. */
  readonly name: string;
  /** A language's name; default: by the name's ending. */
  readonly language?: string;
  /** Wanted metrics, the objective first. */
  readonly metrics: readonly string[];
  /** Filters as in `metricsFormat`; default: Katib's own. */
  readonly filters?: readonly string[];
  /** Default `likely`. */
  readonly coverage?: Coverage;
}

/** Rewrites one plain script, outside any Experiment. What hinders it is in the report's diagnostics. */
export async function rewriteScript(text: string, options: ScriptOptions): Promise<ScriptsReport> {
  const languages = await sharedLanguages();
  const language = languages.find((one) =>
    options.language
      ? one.name === options.language
      : one.extensions.some((extension) => options.name.endsWith(extension)),
  );
  const empty = { scripts: [], metrics: [] };
  if (!language) {
    const known = languages.map((one) => one.name).join(', ');
    return {
      ...empty,
      diagnostics: [
        diagnose(
          'unknown-language',
          `No language is known for ${options.language ?? options.name}; there are: ${known}.`,
        ),
      ],
    };
  }
  const { filters, diagnostics } = compileFilters(options.metrics, options.filters);
  if (!filters) return { ...empty, diagnostics };
  const rewritten = rewritePrograms(
    (replaced) => [
      {
        kind: 'text',
        language,
        layer: outermostLayer(replaced.get(options.name) ?? text, options.name, options.name),
        name: options.name,
        role: 'main',
        dropsEnvironment: false,
        output: { stdout: 'container', stderr: 'container' },
      },
    ],
    { filters, languages, ...(options.coverage ? { coverage: options.coverage } : {}) },
  );
  return { ...rewritten.report, diagnostics: [...diagnostics, ...rewritten.report.diagnostics] };
}
