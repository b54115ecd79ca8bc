export { exitCode } from './exit-code.ts';
export type { Io, Output } from './io.ts';
export type { JsonExperiment, JsonReport, JsonScript } from './preview/json-report.ts';
export type { FilePlace, Problem } from './problems/problem.ts';
export { run } from './run.ts';
export type { Services } from './services.ts';
export { version } from './version.ts';
