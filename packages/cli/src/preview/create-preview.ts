import type { RewriteOptions } from '@katib-push/katib';
import type { FoundExperiment, Manifest } from '../input/read-manifests.ts';
import type { Problem } from '../problems/problem.ts';
import type { Services } from '../services.ts';
import type { Operation } from '../yaml/operation.ts';
import type { Preview } from './preview.ts';

/** Lets the engine rewrite an Experiment, and finds the places of what it has to say. */
export async function createPreview(
  manifest: Manifest,
  found: FoundExperiment,
  options: RewriteOptions,
  services: Pick<Services, 'rewriteExperiment'>,
): Promise<Preview> {
  const { experiment, patch, report } = await services.rewriteExperiment(found.value, options);
  const problems = report.diagnostics.map((diagnostic): Problem => {
    const script = report.scripts.find(({ name }) => name === diagnostic.script);
    const place =
      diagnostic.pointer === undefined && script
        ? manifest.placeOfLine(found.pointer + script.pointer, script.range.from, diagnostic.line ?? 1)
        : manifest.placeOf(found.pointer + (diagnostic.pointer ?? ''));
    return {
      ...diagnostic,
      file: diagnostic.file ?? manifest.source.name,
      place,
      hint: hintHere(diagnostic),
    };
  });
  const inDocument = (operations: readonly Operation[]): readonly Operation[] =>
    operations.map((operation) => ({ ...operation, path: found.pointer + operation.path }));
  const proposal = report.formats?.proposal;
  const adopted = proposal && (await import('@katib-push/katib')).adoptFormats(found.value, proposal);
  return {
    manifest,
    pointer: found.pointer,
    report,
    experiment,
    patch: inDocument(patch),
    ...(adopted ? { formatPatch: inDocument(adopted) } : {}),
    problems,
  };
}

/** A hint as it reads where the command stands beside it. */
export function hintHere({ code, hint }: Pick<Problem, 'code' | 'hint'>): string {
  if (code === 'not-enabled') return `${hint.replace(/\.$/, '')}, or add --enable.`;
  return hint
    .replace('that katib-push dry-run proposes', 'above')
    .replace('katib-push dry-run has', 'above are');
}
