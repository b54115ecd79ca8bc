import type { RewriteOptions } from '@katib-push/katib';
import { valueAt } from '@katib-push/katib/json-pointer';
import { type Manifest, readManifests } from '../input/read-manifests.ts';
import type { SourceFile } from '../input/read-sources.ts';
import { describeExperiment, describeSelection, isSelected, type Selection } from '../input/select.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Services } from '../services.ts';
import { createPreview, type Preview } from './create-preview.ts';

/** A file with what the engine says of its Experiments. */
export interface PreviewedFile {
  readonly source: SourceFile;
  /** Empty where the file can't be read as YAML. */
  readonly manifests: readonly Manifest[];
  readonly previews: readonly Preview[];
}

/**
 * Previews all Experiments of the files, in order. Where none is among them, that is a problem.
 *
 * @param always see {@link createPreview}
 */
export async function previewManifests(
  sources: readonly SourceFile[],
  options: RewriteOptions,
  services: Pick<Services, 'rewriteExperiment'>,
  selection: Selection = {},
  always = false,
): Promise<{ readonly files: readonly PreviewedFile[]; readonly problems: readonly Problem[] }> {
  const files: PreviewedFile[] = [];
  const problems: Problem[] = [];
  for (const source of sources) {
    const { manifests, problems: faults } = readManifests(source);
    problems.push(...faults);
    const previews: Preview[] = [];
    for (const manifest of manifests) {
      for (const found of manifest.experiments.filter(({ value }) => isSelected(value, selection))) {
        previews.push(await createPreview(manifest, found, options, services, always));
      }
    }
    files.push({ source, manifests, previews });
  }
  if (problems.length === 0 && files.every(({ previews }) => previews.length === 0))
    problems.push(noneIn(files, selection));
  return { files, problems };
}

function noneIn(files: readonly PreviewedFile[], selection: Selection): Problem {
  const left = files.flatMap(({ manifests }) => manifests.flatMap(({ experiments }) => experiments));
  if (left.length > 0) {
    const names = left.slice(0, 5).map(({ value }) => describeExperiment(value));
    const more = left.length > 5 ? ', …' : '';
    return problem('not-an-experiment', `No Experiment is ${describeSelection(selection)}.`, {
      hint: `There are: ${names.join(', ')}${more}.`,
    });
  }
  const [file] = files;
  const manifests = files.flatMap((each) => each.manifests);
  const kinds = [...new Set(manifests.map(({ exactValue }) => describeKind(exactValue)))];
  const shown = kinds.slice(0, 5).join(', ') + (kinds.length > 5 ? ', …' : '');
  const message = `No Experiment is in ${files.length === 1 ? file?.source.name : `the ${files.length} files`}${shown === '' ? '' : `: found ${shown}`}.`;
  const place = files.length === 1 ? manifests[0]?.placeOf('') : undefined;
  return problem('not-an-experiment', message, {
    ...(files.length === 1 && file ? { file: file.source.name } : {}),
    ...(place ? { place } : {}),
  });
}

function describeKind(value: unknown): string {
  const kind = valueAt(value, ['kind']);
  const version = valueAt(value, ['apiVersion']);
  if (typeof kind === 'string') return typeof version === 'string' ? `${version} ${kind}` : kind;
  if (value === null) return 'an empty document';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'an object without kind'
    : `a ${typeof value === 'bigint' ? 'number' : typeof value}`;
}
