import {
  type Diagnose,
  type Diagnostic as DiagnosticOf,
  diagnoseBy,
  type ScriptCode,
  type ScriptsReport as ScriptsReportOf,
  scriptCatalogue,
} from '@katib-push/core';
import { experimentCatalogue } from './catalogue.ts';

/** Every diagnostic of the engine: core's of scripts, and katib's of Experiments and Trials. */
export const diagnosticCatalogue = { ...scriptCatalogue, ...experimentCatalogue };

export type DiagnosticCode = ScriptCode | keyof typeof experimentCatalogue;

/** One thing that people should know, with its place and the way out. */
export type Diagnostic = DiagnosticOf<DiagnosticCode>;

/** Core's report on scripts, with what katib has to say. */
export type ScriptsReport = ScriptsReportOf<DiagnosticCode>;

/** A diagnostic of the engine. */
export const diagnose: Diagnose<DiagnosticCode> = diagnoseBy(diagnosticCatalogue);

/** A fault of ours: what was given must not suffer from it. */
export function diagnoseFault(error: unknown): Diagnostic {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return diagnose('internal-error', `The rewrite failed: ${reason}.`);
}

/** A message as a part of a sentence. */
export function withoutStop(message: string): string {
  return message.replace(/\.$/, '');
}
