import { rewriteExperiment } from '@katib-push/katib';
import { type WantedMetrics, wantedMetrics } from '@katib-push/oracle/collect';
import { type PreviewedFile, previewManifests, rewriteFile } from 'katib-push/preview';
import type { Analysis, Question, Subject } from './analysis.ts';

/** Previews the Experiments of a manifest, as `katib-push dry-run` does; `wanted` is what the first one asks for. */
export async function previewExperiments({
  text,
  enable,
}: Question): Promise<Analysis & { readonly wanted: WantedMetrics }> {
  const source = { name: 'experiment.yaml', text, bom: false };
  const { files, problems } = await previewManifests([source], { enable }, { rewriteExperiment });
  const [file] = files;
  const previews = file?.previews ?? [];
  const rewritten = file ? rewriteFile(file) : { text, problems: [] };
  return {
    subjects: previews.map(describePreview),
    problems: [...problems, ...rewritten.problems],
    after: rewritten.text,
    wanted: wantedMetrics(previews[0]?.experiment),
  };
}

function describePreview({
  manifest,
  pointer,
  report,
  problems,
}: PreviewedFile['previews'][number]): Subject {
  const { scripts, metrics, diagnostics: _, ...experiment } = report;
  return {
    title: `experiment/${report.name === '' ? '(without a name)' : report.name}`,
    experiment,
    metrics,
    problems,
    scripts: scripts.map((script) => ({
      ...script,
      statements: script.statements.map((statement) => ({
        ...statement,
        at: manifest.placeOfLine(pointer + script.pointer, script.range.from, statement.line).line,
      })),
    })),
  };
}
