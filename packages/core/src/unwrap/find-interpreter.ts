import type { Interpreter, Language } from '../language/language.ts';

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
