import type { Language, SureCommand } from '@katib-push/core';
import { isShimInterpreter } from '@katib-push/shim';
import type { Diagnostic } from '../diagnostics/diagnose.ts';
import type { Experiment } from '../read-experiment.ts';
import { contextOf, readTemplate, type Template } from './read-template.ts';
import { type ContainerWords, fillOwn, type WordsContext } from './words-that-run.ts';

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
  const { runs, container, fault } = template;
  const context = contextOf(experiment, container, languages);
  const interpreter = fault ?? nameField(template, findInterpreter(runs, context));
  return { template, interpreter };
}

/** Why no interpreter is certain, with the field that holds what runs: of an Argo script. */
function nameField({ container }: Template, found: SureCommand): SureCommand {
  if ('word' in found || typeof container.value.source !== 'string') return found;
  return { hindrance: `${found.hindrance}: its text stands in "source"` };
}

/**
 * The interpreter that is certain to be there when a container starts, because its own words run one before anything
 * that might install, replace or hide it; or why none is.
 */
function findInterpreter({ command, args }: ContainerWords, context: WordsContext): SureCommand {
  const host = context.languages.find((language) => language.host)?.host;
  const words = [...command, ...args].map((word) => fillIn(word, context));
  return host?.sureCommand(words, isShimInterpreter) ?? { hindrance: 'no shell is known' };
}

/** What the controller and the kubelet do to a word: what they fill in is as a shell's variable, known only at run time. */
function fillIn(word: string, context: WordsContext): string {
  return fillOwn(word, context, '${_}').replace(/\$\$|\$\(([\w.-]+)\)/g, (given, name) => {
    if (given === '$$') return '$';
    return context.environmentNames.has(name) ? `\${${name.replace(/\W/g, '_')}}` : given;
  });
}
