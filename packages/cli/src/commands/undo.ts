import type { Hindrance } from '@katib-push/katib';
import { recordAnnotation } from '@katib-push/katib/choices';
import { valueAt } from '@katib-push/katib/json-pointer';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { type FoundExperiment, type Manifest, readManifests } from '../input/read-manifests.ts';
import { readSources, type SourceFile } from '../input/read-sources.ts';
import { isSelected } from '../input/select.ts';
import { type ManifestChange, rewriteFile } from '../output/rewrite-file.ts';
import { writeFiles } from '../output/write-files.ts';
import { CommandFailure, type Problem, problem } from '../problems/problem.ts';
import { neutralise } from '../terminal/neutralise.ts';
import type { ManifestOptions, WriteOptions } from './options.ts';

/** What the command line gives. */
export interface UndoOptions extends ManifestOptions, WriteOptions {}

const record = ['metadata', 'annotations', recordAnnotation];

/** The body of `katib-push undo`; gives the exit code. */
export async function undo(options: UndoOptions, context: Context): Promise<number> {
  const { io, complain } = context;
  const { sources, problems: unread } = await readSources(options, io);
  if (unread.length > 0) throw new CommandFailure(unread);
  const undone = await Promise.all(sources.map((source) => undoFile(source, options, context)));
  const problems = undone.flatMap((file) => file.problems);
  await writeFiles(undone, options, context);
  complain(problems);
  return problems.some(({ severity }) => severity === 'error') ? exitCode.badInput : exitCode.ok;
}

interface UndoneFile {
  readonly source: SourceFile;
  readonly text: string;
  readonly problems: readonly Problem[];
}

async function undoFile(source: SourceFile, options: UndoOptions, context: Context): Promise<UndoneFile> {
  const { manifests, problems } = readManifests(source);
  const changes: ManifestChange[] = [];
  const faults: Problem[] = [...problems];
  for (const manifest of manifests) {
    for (const found of manifest.experiments) {
      if (!isSelected(found.value, options)) continue;
      const { patch, fault } = await undoOne(manifest, found, context);
      if (fault) faults.push(fault);
      changes.push({ manifest, patch });
    }
  }
  const { text, problems: more } = rewriteFile({ source, manifests, previews: changes });
  return { source, text, problems: [...faults, ...more] };
}

async function undoOne(
  manifest: Manifest,
  { value, pointer }: FoundExperiment,
  { services, note, errorColours }: Context,
): Promise<Pick<ManifestChange, 'patch'> & { readonly fault?: Problem }> {
  const name = valueAt(value, ['metadata', 'name']);
  const head = errorColours.bold(
    `experiment/${typeof name === 'string' ? neutralise(name) : '(without a name)'}`,
  );
  if (valueAt(value, record) === undefined) {
    note([`${head} unchanged: it carries no record of a rewrite`]);
    return { patch: [] };
  }
  const { patch, hindrances } = await services.undoExperiment(value);
  const [first] = hindrances;
  if (first) {
    note([`${head} unchanged`]);
    return { patch: [], fault: faultOf(first, hindrances.length, manifest, pointer) };
  }
  note([`${head} undone`]);
  return { patch: patch.map((operation) => ({ ...operation, path: pointer + operation.path })) };
}

function faultOf(
  { pointer, reason }: Hindrance,
  all: number,
  manifest: Manifest,
  experiment: string,
): Problem {
  const more = all > 1 ? ` (and ${all - 1} more)` : '';
  return problem('not-undone', `The rewrite can't be taken back: ${pointer}: ${reason}${more}.`, {
    file: manifest.source.name,
    place: manifest.placeOf(experiment + pointer),
  });
}
