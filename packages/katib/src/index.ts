export type { PatchOperation } from './patch.ts';
export type { ExperimentReport } from './report.ts';
