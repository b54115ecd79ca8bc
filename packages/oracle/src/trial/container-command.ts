import { access, constants, stat } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';
import { loadLanguages, readExperiment, readTemplate } from '@katib-push/katib';
import { isObject, listOr, valueAt } from '../json/read-json.ts';
import { OracleError } from '../oracle-error.ts';
import { expandVariables } from './container-environment.ts';

/**
 * The words that the container starts with: `command` and `args`, `$(NAME)` expanded.
 * Throws {@link OracleError} `no-command` where `command` is absent, because then the image decides.
 */
export function containerCommand(container: unknown, values: ReadonlyMap<string, string>): readonly string[] {
  const command = listOr(valueAt(container, 'command'));
  if (command.length === 0) {
    const name = String(valueAt(container, 'name'));
    const message = `the container ${name} gives no command, so its image decides what runs: add command and args`;
    throw new OracleError('no-command', message);
  }
  return [...command, ...listOr(valueAt(container, 'args'))].map((word) => {
    if (typeof word === 'string') return expandVariables(word, values);
    const message = `command and args must be strings, not ${JSON.stringify(word)}: quote it`;
    throw new OracleError('bad-experiment', message);
  });
}

let languages: ReturnType<typeof loadLanguages> | undefined;

/**
 * The container with the words that run in it: those of `StdOut` and `File` as Katib's wrapper joins them for a shell,
 * where that changes what they mean; else as they are.
 *
 * @param trial the Experiment with the template of one trial
 *
 * Throws {@link OracleError} `no-container` where the text of a step stands in a field that isn't read.
 */
export async function joinWords(trial: unknown, container: unknown): Promise<unknown> {
  const { experiment } = readExperiment(trial);
  if (!experiment || !isObject(container)) return container;
  languages ??= loadLanguages();
  const template = readTemplate(experiment, await languages);
  if ('code' in template) {
    if (template.code !== 'template-not-read') return container;
    throw new OracleError('no-container', `${template.message} ${template.hint}`); // the step's text is elsewhere
  }
  if (!template.runs.joined) return container;
  const { command, args } = template.runs;
  return { ...container, command, args };
}

/**
 * The file that the system would run for a command; absent if there is none.
 *
 * @param command a name to search for, or a path, taken from `folder` where it is relative
 * @param searchPath folders as in `PATH`
 */
export async function findCommand(
  command: string,
  searchPath: string,
  folder: string,
): Promise<string | undefined> {
  const candidates = command.includes('/')
    ? [resolve(folder, command)]
    : searchPath.split(delimiter).map((each) => resolve(folder, each || '.', command));
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
