export { unwrapWords } from '@katib-push/shim';
export { createAdmissionPolicy, type PolicyOptions } from './admission-policy/create-admission-policy.ts';
export { adoptFormats } from './change/adopt-formats.ts';
export { applyPatch } from './change/build-patch.ts';
export {
  type Diagnostic,
  type DiagnosticCode,
  diagnosticCatalogue,
  type ScriptsReport,
} from './diagnostics/diagnose.ts';
export { isRecord, pointerOf, valueAt } from './json-pointer.ts';
export { loadLanguages } from './load-languages.ts';
export { locateContainer, type PrimaryContainer } from './locate/locate-container.ts';
export { readTemplate, type Template } from './locate/read-template.ts';
export type { PatchOperation } from './patch.ts';
export { annotationPrefix, type PolicyKind, policyKinds, type Way, ways } from './policy/choices.ts';
export type { RewriteOptions } from './policy/settings.ts';
export { type Experiment, isExperiment, readExperiment } from './read-experiment.ts';
export { hashValue } from './record/hash-value.ts';
export { checkRecord } from './record/own-record.ts';
export type { ChangeRecord, RecordedChange } from './record/record.ts';
export type { ExperimentReport } from './report.ts';
export type { ExperimentRewrite } from './report-experiment.ts';
export { type Restoration, restoreExperiment } from './restore/restore-experiment.ts';
export { rewriteExperiment, rewriteTrial, wrapTemplate } from './rewrite.ts';
export { rewriteWith, wrapTemplateWith } from './rewrite-experiment.ts';
export { rewriteScript, type ScriptOptions } from './rewrite-script.ts';
export { rewriteTrialWith, type TrialReport, type TrialRewrite } from './rewrite-trial.ts';
export { type Hindrance, type Undone, undoExperiment } from './undo/undo-experiment.ts';
export { version } from './version.ts';
