import type { PatchOperation } from '@katib-push/katib';
import type { Manifest } from '../input/read-manifests.ts';
import type { SourceFile } from '../input/read-sources.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { spliceDocument } from '../yaml/splice-document.ts';

/** A change of one document. */
export interface ManifestChange {
  readonly manifest: Manifest;
  /** Pointers begin at the document. */
  readonly patch: readonly PatchOperation[];
}

/** A file's text after the changes of its Experiments; without any change, byte by byte the text before. */
export function rewriteFile(file: {
  readonly source: SourceFile;
  readonly manifests: readonly Manifest[];
  readonly previews: readonly ManifestChange[];
}): {
  readonly text: string;
  readonly problems: readonly Problem[];
} {
  const { source, manifests, previews } = file;
  if (manifests.length === 0) return { text: source.text, problems: [] };
  const problems: Problem[] = [];
  const texts = manifests.map((manifest) => {
    const patch = previews
      .filter((preview) => preview.manifest === manifest)
      .flatMap((preview) => preview.patch);
    if (patch.length === 0) return manifest.text;
    const where = { file: source.name, place: manifest.placeOf('') };
    try {
      const spliced = spliceDocument(manifest.text, patch);
      if (spliced.reformatted)
        problems.push(problem('reformatted', 'The document had to be laid out anew.', where));
      return spliced.text;
    } catch (error) {
      problems.push(
        problem('internal-error', `The change can't be written: ${(error as Error).message}.`, where),
      );
      return manifest.text;
    }
  });
  return { text: texts.join(''), problems };
}
