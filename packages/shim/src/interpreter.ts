const interpreter = /^(?:python|pypy)[\d.]*t?$/;

/** Whether a command, by its base name, is an interpreter that the shim runs on: `python`, `python3.11`, `pypy3`. */
export function isShimInterpreter(name: string): boolean {
  return interpreter.test(name);
}
