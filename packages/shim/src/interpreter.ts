/** What {@link isShimInterpreter} looks for, as RE2 reads it, too. */
export const interpreterPattern = '^(?:python|pypy)[0-9.]*t?$';

const interpreter = new RegExp(interpreterPattern);

/** Whether a command, by its base name, is an interpreter that the shim runs on: `python`, `python3.11`, `pypy3`. */
export function isShimInterpreter(name: string): boolean {
  return interpreter.test(name);
}
