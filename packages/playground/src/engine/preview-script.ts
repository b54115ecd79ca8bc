import { rewriteScript } from '@katib-push/katib';
import type { WantedMetrics } from '@katib-push/oracle/collect';
import type { Analysis, Question, TextKind } from './analysis.ts';
import { readProposals } from './read-proposals.ts';

/** The names that scripts have in reports; their endings say the language. */
const names = {
  python: 'train.py',
  javascript: 'train.js',
  typescript: 'train.ts',
  shell: 'train.sh',
  r: 'train.R',
} as const satisfies Record<Exclude<TextKind, 'experiment'>, string>;

/** Previews a plain script, as `katib-push explain` does. */
export async function previewScript({
  text,
  kind,
  metrics,
  filters,
}: Question): Promise<Analysis & { readonly wanted: WantedMetrics }> {
  const name = names[kind as keyof typeof names];
  const report = await rewriteScript(text, { name, metrics, filters });
  const problems = report.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    ...(diagnostic.line === undefined ? {} : { place: { line: diagnostic.line, column: 1 } }),
  }));
  const scripts = report.scripts.map((script) => ({
    ...script,
    statements: script.statements.map((statement) => ({
      ...statement,
      at: statement.line,
      reached: statement.rewritten,
    })),
  }));
  return {
    subjects: [
      {
        title: name,
        unasked: false,
        scripts,
        metrics: report.metrics,
        problems,
        proposals: readProposals(report),
      },
    ],
    problems: [],
    after: report.scripts[0]?.after ?? text,
    wanted: { wanted: metrics, filters },
  };
}
