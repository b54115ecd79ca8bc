export { type JoinOptions, joinParts } from './client/join-parts.ts';
export { createPython, type PythonOptions } from './python.ts';
