import type { RewriteOptions } from '@katib-push/katib';
import type { FoundExperiment, Manifest } from '../input/read-manifests.ts';
import type { Problem } from '../problems/problem.ts';
import type { Services } from '../services.ts';
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
      ...(diagnostic.code === 'not-enabled'
        ? { hint: `${diagnostic.hint.replace(/\.$/, '')}, or add --enable.` }
        : {}),
    };
  });
  return {
    manifest,
    pointer: found.pointer,
    report,
    experiment,
    patch: patch.map((operation) => ({ ...operation, path: found.pointer + operation.path })),
    problems,
  };
}
