import type { StatementReport } from '@katib-push/core';
import { rewriteExperiment } from '@katib-push/katib';
import { type WantedMetrics, wantedMetrics } from '@katib-push/oracle/collect';
import { type Preview, type PreviewedFile, previewManifests, rewriteFile } from 'katib-push/preview';
import type { Analysis, Question, Subject } from './analysis.ts';
import { readProposals } from './read-proposals.ts';

/** Previews the Experiments of a manifest, as `katib-push dry-run` does; `wanted` is what the first one asks for. */
export async function previewExperiments({
  text,
}: Question): Promise<Analysis & { readonly wanted: WantedMetrics }> {
  const source = { name: 'experiment.yaml', text, bom: false };
  const { files, problems } = await previewManifests([source], {}, { rewriteExperiment }, {}, true);
  const [file] = files;
  const previews = file?.previews ?? [];
  const rewritten = file ? rewriteFile(file) : { text, problems: [] };
  return {
    subjects: previews.map((preview) => describePreview(preview, file)),
    problems: [...problems, ...rewritten.problems],
    after: rewritten.text,
    wanted: wantedMetrics(previews[0]?.experiment),
  };
}

function describePreview(preview: Preview, file: PreviewedFile | undefined): Subject {
  const { manifest, pointer, ifEnabled, report, problems, formatPatch } = preview;
  const shown = ifEnabled ?? report;
  const { scripts, metrics, formats: _, diagnostics: __, ...experiment } = shown;
  const adopted =
    file && formatPatch
      ? rewriteFile({ ...file, previews: [{ ...preview, patch: formatPatch }] }).text
      : undefined;
  return {
    title: `experiment/${shown.name === '' ? '(without a name)' : shown.name}`,
    experiment,
    unasked: ifEnabled !== undefined,
    metrics,
    problems,
    proposals: readProposals(shown, adopted),
    scripts: scripts.map((script) => ({
      ...script,
      statements: script.statements.map((statement) => ({
        ...statement,
        reached: statement.rewritten || (shown.way === 'container' && isRead(statement)),
        at: manifest.placeOfLine(pointer + script.pointer, script.range.from, statement.line).line,
      })),
    })),
  };
}

function isRead({ verdict }: StatementReport): boolean {
  return verdict === 'metric' || verdict === 'dynamic';
}
