import { argvLayer, type Layer, outermostLayer, type Program, unwrapContainer } from '@katib-push/core';
import { createShell } from '../src/index.ts';
import { fakePython } from './fake-python.ts';

export type TextProgram = Extract<Program, { kind: 'text' }>;
export type UnknownProgram = Extract<Program, { kind: 'unknown' }>;

export const shell = createShell();
/** What the scripts of the tests may run. */
export const languages = [fakePython, shell] as const;
const noNames: ReadonlySet<string> = new Set();

/** The programs of a container whose command is `argv`. */
export function unwrapArgv(argv: readonly string[]): readonly Program[] {
  const command = argv.map((text, i) => outermostLayer(text, `command ${i}`, `/command/${i}`));
  return unwrapContainer({ command, args: [] }, { environmentNames: noNames, languages });
}

export function unwrapScript(script: string, command = 'bash'): readonly Program[] {
  return unwrapArgv([command, '-c', script]);
}

export function pythonOf(programs: readonly Program[]): readonly TextProgram[] {
  return programs.filter(
    (program): program is TextProgram => program.kind === 'text' && program.language === fakePython,
  );
}

export function unknownOf(programs: readonly Program[]): readonly UnknownProgram[] {
  return programs.filter((program): program is UnknownProgram => program.kind === 'unknown');
}

/** The argv as the container gets it: after the kubelet. */
export function argvOf(argv: readonly string[]): readonly string[] {
  return argv.map((text) => argvLayer(outermostLayer(text, '', ''), noNames).text);
}

/** Whether a text is the layer's, whatever stands where it is opaque. */
export function matches(layer: Layer, text: string): boolean {
  let pattern = '';
  let at = 0;
  const literal = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  for (const range of layer.opaque) {
    pattern += `${literal(layer.text.slice(at, range.from))}[^]*`;
    at = range.to;
  }
  return new RegExp(`^${pattern}${literal(layer.text.slice(at))}$`).test(text);
}
