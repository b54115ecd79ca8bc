// Reading manifests and previewing their Experiments, apart from the command: it needs no Node.
export type { SourceFile } from '../input/read-sources.ts';
export { rewriteFile } from '../output/rewrite-file.ts';
export type { Problem } from '../problems/problem.ts';
export { alignLines } from '../yaml/align-lines.ts';
export { hintBeside, type Preview } from './create-preview.ts';
export { type PreviewedFile, previewManifests } from './preview-manifests.ts';
export { proposalAsYaml } from './show-formats.ts';
