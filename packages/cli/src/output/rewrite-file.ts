import type { PreviewedFile } from '../preview/preview-manifests.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { spliceDocument } from '../yaml/splice-document.ts';

/** A file's text after the rewrite of its Experiments; without any change, byte by byte the text before. */
export function rewriteFile(file: PreviewedFile): {
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
