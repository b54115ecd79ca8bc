import {
  type Coverage,
  compileFilters,
  containerOutput,
  identity,
  type Language,
  type Layer,
  layerWithin,
  outermostLayer,
  type Rewritten,
  rewritePrograms,
  type ScriptReport,
} from '@katib-push/core';

/** What is wanted of a text. */
export interface Wanted {
  readonly metrics: readonly string[];
  readonly filters: readonly string[];
  readonly coverage: Coverage;
}

export interface RewrittenText {
  /** The text after the rewrite, placeholders as they were. */
  readonly after: string;
  readonly script: ScriptReport;
  readonly rewritten: Rewritten;
}

const POINTER = '/text';
const PLACEHOLDER = /\$\{trialParameters\.[^}]*\}/g;

/** The whole rewrite of one text that stands for itself; what Katib fills in is opaque. */
export function rewriteText(language: Language, text: string, wanted: Wanted): RewrittenText {
  const rewritten = rewritePrograms(
    (replaced) => [
      {
        kind: 'text',
        language,
        layer: scriptLayer(replaced.get(POINTER) ?? text),
        name: 'script',
        role: 'main',
        dropsEnvironment: false,
        output: containerOutput,
      },
    ],
    { filters: filtersOf(wanted), coverage: wanted.coverage },
  );
  const [script] = rewritten.report.scripts;
  if (!script) throw new Error('the report holds no script');
  return { after: rewritten.strings.get(POINTER) ?? text, script, rewritten };
}

export function filtersOf(wanted: Wanted) {
  const { filters, diagnostics } = compileFilters(wanted.metrics, wanted.filters);
  if (!filters) throw new Error(`case.json: ${diagnostics.map(({ message }) => message).join(' ')}`);
  return filters;
}

/** A text as a layer, the placeholders of trial parameters opaque. */
export function scriptLayer(text: string): Layer {
  const host = outermostLayer(text, 'script', POINTER);
  const placeholders = [...text.matchAll(PLACEHOLDER)];
  if (placeholders.length === 0) return host;
  const builder = layerWithin(host);
  let at = 0;
  for (const { index, 0: found } of placeholders) {
    builder.verbatim(at, index, identity).opaque(index, index + found.length, identity);
    at = index + found.length;
  }
  return builder.verbatim(at, text.length, identity).build('script');
}
