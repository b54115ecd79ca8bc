// Reading manifests and previewing their Experiments, apart from the command: it needs no Node.
export type { SourceFile } from '../input/source-file.ts';
export { rewriteFile } from '../output/rewrite-file.ts';
export type { Problem } from '../problems/problem.ts';
export { alignLines } from '../yaml/align-lines.ts';
export { hintBeside } from './create-preview.ts';
export type { Preview } from './preview.ts';
export { type PreviewedFile, previewManifests } from './preview-manifests.ts';
export { proposalAsYaml } from './show-formats.ts';
