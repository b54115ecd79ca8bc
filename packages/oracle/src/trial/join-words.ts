import { loadLanguages, readExperiment, readTemplate } from '@katib-push/katib';
import { isObject } from '../json/read-json.ts';

let languages: ReturnType<typeof loadLanguages> | undefined;

/**
 * The container with the words that run in it: those of `StdOut` and `File` as Katib's wrapper joins them for a shell,
 * where that changes what they mean; else as they are.
 *
 * @param trial the Experiment with the template of one trial
 */
export async function joinWords(trial: unknown, container: unknown): Promise<unknown> {
  const { experiment } = readExperiment(trial);
  if (!experiment || !isObject(container)) return container;
  languages ??= loadLanguages();
  const template = readTemplate(experiment, await languages);
  if ('code' in template || !template.runs.joined) return container;
  const { command, args } = template.runs;
  return { ...container, command, args };
}
