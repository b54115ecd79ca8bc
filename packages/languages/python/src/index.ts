export { createPython, type PythonOptions } from './python.ts';
