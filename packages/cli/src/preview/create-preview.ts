import type { ExperimentReport, PatchOperation, RewriteOptions } from '@katib-push/katib';
import type { FoundExperiment, Manifest } from '../input/read-manifests.ts';
import type { Problem } from '../problems/problem.ts';
import type { Services } from '../services.ts';

/**
 * Lets the engine rewrite an Experiment, and finds the places of what it has to say.
 *
 * @param always previews an Experiment for which nothing asks as if something did
 */
export async function createPreview(
  manifest: Manifest,
  found: FoundExperiment,
  options: RewriteOptions,
  services: Pick<Services, 'rewriteExperiment'>,
  always = false,
): Promise<Preview> {
  const real = await services.rewriteExperiment(found.value, options);
  const [reason] = real.report.diagnostics;
  const enabled =
    always && reason?.code === 'not-enabled'
      ? await services.rewriteExperiment(found.value, { ...options, enable: true })
      : undefined;
  const { report } = real;
  const { experiment, patch, report: shown } = enabled ?? real;
  // That nothing asks for it comes last.
  const diagnostics = enabled && reason ? [...shown.diagnostics, reason] : report.diagnostics;
  const problems = diagnostics.map((diagnostic): Problem => {
    const script = shown.scripts.find(({ name }) => name === diagnostic.script);
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
  const inDocument = (operations: readonly PatchOperation[]): readonly PatchOperation[] =>
    operations.map((operation) => ({ ...operation, path: found.pointer + operation.path }));
  const proposal = shown.formats?.proposal;
  const adopted = proposal && (await import('@katib-push/katib')).adoptFormats(found.value, proposal);
  return {
    manifest,
    pointer: found.pointer,
    report,
    ...(enabled ? { ifEnabled: shown } : {}),
    experiment,
    patch: inDocument(patch),
    ...(adopted ? { formatPatch: inDocument(adopted) } : {}),
    problems,
  };
}

/** A hint as the command gives it, which has a flag for what nothing asks for. */
export function hintHere({ code, hint }: Pick<Problem, 'code' | 'hint'>): string {
  return code === 'not-enabled' ? `${hint.replace(/\.$/, '')}, or add --enable.` : hint;
}

/** A diagnostic with its hint as it reads below what `dry-run` proposes. */
export function besideFormats(problem: Problem): Problem {
  return { ...problem, hint: hintBeside(problem.hint) };
}

/** A hint as it reads below what `dry-run` proposes. */
export function hintBeside(hint: string): string {
  return hint
    .replace('that katib-push dry-run proposes', 'above')
    .replace('katib-push dry-run has', 'above are');
}

/** One Experiment after the engine has seen it. */
export interface Preview {
  readonly manifest: Manifest;
  /** JSON pointer of the Experiment in its document. */
  readonly pointer: string;
  readonly report: ExperimentReport;
  /**
   * What would become of it if something asked for the rewrite, where nothing does; `report` is then what really happens.
   * Absent where something asks, and where only what happens is wanted.
   */
  readonly ifEnabled?: ExperimentReport;
  /** From the document's value to the new one: pointers begin at the document. */
  readonly patch: readonly PatchOperation[];
  /** The change that takes the proposed formats, in the document; absent where none are proposed. */
  readonly formatPatch?: readonly PatchOperation[];
  /** The Experiment after the rewrite. */
  readonly experiment: unknown;
  /** The report's diagnostics with their places in the file. */
  readonly problems: readonly Problem[];
}
