import type { Language } from '@katib-push/core';
import { readsLines } from '../collector.ts';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import type { Experiment } from '../read-experiment.ts';
import { locateContainer, type PrimaryContainer } from './locate-container.ts';
import { environmentNames, readWords, type Words } from './read-words.ts';
import { type WordsContext, type WordsThatRun, wordsThatRun } from './words-that-run.ts';

/** The primary container of a job, and what it runs. */
export interface Template {
  /** Its command and args are the words that run. */
  readonly container: PrimaryContainer;
  /** The same words, each with its place. */
  readonly words: Words;
  readonly runs: WordsThatRun;
  /** The words as they stand in the job. */
  readonly before: readonly string[];
  /** Why nothing can be put in front of the words: the image says what runs. Absent where the job says it. */
  readonly fault?: Diagnostic;
}

/** What has to be known of words beside themselves. */
export function contextOf(
  { trialSpec }: Experiment,
  container: PrimaryContainer,
  languages: readonly Language[],
): WordsContext {
  const jobKind = trialSpec?.kind;
  return {
    languages,
    environmentNames: environmentNames(container),
    ...(typeof jobKind === 'string' ? { jobKind } : {}),
  };
}

/** Finds the primary container and reads its words; or says why they can't be read. */
export function readTemplate(experiment: Experiment, languages: readonly Language[]): Template | Diagnostic {
  const { container, diagnostics } = locateContainer(experiment, readsLines(experiment.collector));
  if (!container) return diagnostics[0] as Diagnostic;
  const words = readWords(container);
  if ('code' in words) return words;
  const before = words.strings.map(({ text }) => text);
  const fields = { command: before.slice(0, words.commandLength), args: before.slice(words.commandLength) };
  if (fields.command.length === 0) {
    const message = `The container ${JSON.stringify(container.name)} gives args and no command: they go to the image's ENTRYPOINT.`;
    const fault = diagnose('no-command', message, { pointer: container.pointer });
    return { container, words, runs: { ...fields, joined: false }, before, fault };
  }
  const runs = readsLines(experiment.collector)
    ? wordsThatRun(fields, contextOf(experiment, container, languages))
    : { ...fields, joined: false };
  if (!runs.joined) return { container, words, runs, before };
  const { command, args } = runs;
  const joined = { ...container, value: { ...container.value, command, args } };
  return { container: joined, words: readWords(joined) as Words, runs, before };
}
