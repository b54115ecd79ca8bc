import type { Language, SureCommand } from '@katib-push/core';
import { findInterpreter } from '../decide/find-interpreter.ts';
import type { Diagnostic } from '../diagnostics/diagnose.ts';
import type { Experiment } from '../read-experiment.ts';
import { readTemplate, type Template } from './read-template.ts';

/** What runs in the primary container. */
export interface LocatedWords {
  /** The container and its words; absent where they can't be read: then `interpreter` says why. */
  readonly template?: Template;
  /** The interpreter among the words that is certain to be there; or why none is. */
  readonly interpreter: SureCommand | Diagnostic;
}

/** Finds the container and its words, and the interpreter among them. */
export function locateWords(experiment: Experiment, languages: readonly Language[]): LocatedWords {
  const template = readTemplate(experiment, languages);
  if ('code' in template) return { interpreter: template };
  return { template, interpreter: template.fault ?? findInterpreter(template.runs, languages) };
}
