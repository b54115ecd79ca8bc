import type { Interpreter, Language } from '../language/language.ts';
import type { Wrapper } from '../language/wrapper.ts';
import { wrappers } from './wrapper-table.ts';

/** The last part of a path: `python3` of `/usr/bin/python3`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The language that a command runs, by the command's base name; absent if it is no interpreter. */
export function findInterpreter(
  command: string,
  languages: readonly Language[],
): { readonly language: Language; readonly interpreter: Interpreter } | undefined {
  const name = baseName(command);
  for (const language of languages)
    for (const interpreter of language.interpreters)
      if (matchesWhole(interpreter.command, name)) return { language, interpreter };
  return undefined;
}

/** What runs other commands: one that is known for all languages, or a launcher of one of them. */
export function findWrapper(
  name: string,
  languages: readonly Language[],
): { readonly wrapper: Wrapper; readonly language?: Language } | undefined {
  const isNamed = ({ names }: Wrapper): boolean => names.includes(name);
  const wrapper = wrappers.find(isNamed);
  if (wrapper) return { wrapper };
  for (const language of languages) {
    const launcher = language.launchers?.find(isNamed);
    if (launcher) return { wrapper: launcher, language };
  }
  return undefined;
}

/** The language of a file, by its ending; absent if none claims it. */
export function languageOfFile(path: string, languages: readonly Language[]): Language | undefined {
  const name = baseName(path);
  return languages.find(({ extensions }) => extensions.some((ending) => name.endsWith(ending)));
}

function matchesWhole(pattern: RegExp, text: string): boolean {
  // A shared pattern may be global: its place must not matter.
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0] === text;
}
