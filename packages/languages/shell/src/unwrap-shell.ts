/*
 * How a shell's text is read: abstract interpretation, in one pass.
 *
 * The text is run command by command, as a shell would, on a state (`Shell`) that holds for each variable, file and stream
 * the texts that it may have, with their places in the script. Where a condition decides, the state forks and both ways are
 * walked; where they meet it joins, and a name then may hold either text (`choices`). What is unknown stays unknown: it is
 * never guessed, and what is run of it is reported. So what is found is what some run of the script would run, but for what
 * is reported. It costs one walk of the text, within the bounds of `limits.ts`.
 *
 * It is wrong on purpose in this: `a && b` is taken to run both, unless `a` is a test; no condition is computed; what `trap`
 * runs is run where it is set.
 *
 *     values ─▶ state ─▶ expand ─▶ walk ─▶ commands     each knows those before it; what calls back is handed in (`Walk`)
 */
import {
  type InterpreterCall,
  identity,
  type Language,
  type Layer,
  type ParseOptions,
  type Program,
  type ProgramOutput,
  type UnwrapContext,
} from '@katib-push/core';
import { commands } from './commands/commands.ts';
import { startFolder } from './state/paths.ts';
import { dialectOf, type Echo, type Found, type Shell, subshell, type Walk } from './state/shell.ts';
import { container, containerError, type Destination, fateOf } from './state/streams.ts';
import { shownBy } from './state/watch.ts';
import { layerValue } from './values/value.ts';
import { runNode } from './walk/run-script.ts';
import { runText } from './walk/run-text.ts';
import { substitute } from './walk/substitute.ts';

/** The programs that running a shell text would run, in the order in which they are run. */
export function unwrapShell(layer: Layer, context: UnwrapContext, language: Language): readonly Program[] {
  const { command, flags = [] } = context;
  return finish(
    walkShell(layer, context, language, command === undefined ? undefined : { command, flags }).walk.found,
  );
}

/** What a shell text writes. */
export function outputOfShell(
  layer: Layer,
  language: Language,
  { interpreter, languages = [language] }: ParseOptions,
): readonly Echo[] {
  const context = { languages, args: [], dropsEnvironment: false, depth: 1 };
  const { walk, shell } = walkShell(layer, context, language, interpreter);
  // What a text defines for others to call.
  for (const defined of shell.functions.values()) {
    if (!defined || walk.called.has(defined) || defined.layer !== layer) continue;
    runNode(defined.body, { ...subshell(shell), args: [], argsKnown: false, ended: false });
  }
  return walk.written;
}

/** Walks a script from its first command to its last, and what it runs, as far as that can be known. */
function walkShell(
  layer: Layer,
  context: UnwrapContext,
  language: Language,
  interpreter: InterpreterCall | undefined,
): { readonly walk: Walk; readonly shell: Shell } {
  const walk: Walk = {
    languages: context.languages,
    language,
    found: [],
    written: [],
    layers: new Map(),
    layerNumbers: new Map(),
    called: new Set(),
    symbols: 0,
    steps: 0,
    commands,
    substitute,
  };
  const shell: Shell = {
    walk,
    dialect: dialectOf(interpreter?.command),
    shows: shownBy(interpreter?.flags ?? []),
    ...(interpreter ? { interpreter } : {}),
    layer,
    variables: new Map(),
    arrays: new Map(),
    functions: new Map(),
    files: new Map(),
    directories: new Set(),
    cwd: startFolder,
    cwdBefore: startFolder,
    args: context.args.map((arg) => layerValue(arg, identity)),
    argsKnown: context.command !== undefined,
    input: container,
    outputs: new Map<number, Destination>([
      [1, container],
      [2, containerError],
    ]),
    ended: false,
    dropsEnvironment: context.dropsEnvironment,
    depth: context.depth,
    callDepth: 0,
    uncertain: 0,
  };
  if (context.depth < 1) return { walk, shell };
  runText(layer, shell);
  return { walk, shell };
}

/** The programs with the ends of their streams; a text that is run more than once is one program. */
function finish(found: readonly Found[]): readonly Program[] {
  const programs: Program[] = [];
  const indices = new Map<Layer, number>();
  for (const item of found) {
    if (item.kind === 'unknown') {
      if (item.stdout && item.stderr && isUnseen(item.stdout) && isUnseen(item.stderr)) continue;
      if (item.stdout?.kind === 'pipe' && isUnseen(item.stdout)) continue;
      if (!programs.some((program) => isSame(program, item.program))) programs.push(item.program);
      continue;
    }
    const program: Program = { ...item.program, output: outputOf(item.stdout, item.stderr) };
    const index = indices.get(program.layer);
    if (index === undefined) {
      indices.set(program.layer, programs.length);
      programs.push(program);
    } else programs[index] = merge(programs[index] as Program, program);
  }
  return programs;
}

function isUnseen(destination: Destination): boolean {
  return fateOf(destination).fate === 'elsewhere';
}

function isSame(a: Program, b: Program): boolean {
  return (
    a.kind === 'unknown' &&
    b.kind === 'unknown' &&
    a.layer === b.layer &&
    a.range.from === b.range.from &&
    a.reason === b.reason
  );
}

function outputOf(stdoutDestination: Destination, stderrDestination: Destination): ProgramOutput {
  const stdout = fateOf(stdoutDestination);
  const stderr = fateOf(stderrDestination);
  const reasons: string[] = [];
  if (stdout.fate !== 'container') reasons.push(`stdout ${stdout.why}`);
  if (stderr.fate !== 'container') reasons.push(`stderr ${stderr.why}`);
  return {
    stdout: stdout.fate,
    stderr: stderr.fate,
    ...(reasons.length > 0 ? { reason: reasons.join(', ') } : {}),
    ...filesOf([stdout.file, stderr.file]),
  };
}

function filesOf(names: readonly (string | undefined)[]): Pick<ProgramOutput, 'files'> {
  const files = [...new Set(names.filter((name) => name !== undefined))];
  return files.length > 0 ? { files } : {};
}

/** One program run in two ways: where they differ, some of its output is not the container's. */
function merge(a: Program, b: Program): Program {
  if (a.kind !== 'text' || b.kind !== 'text') return a;
  const stdout = a.output.stdout === b.output.stdout ? a.output.stdout : 'filtered';
  const stderr = a.output.stderr === b.output.stderr ? a.output.stderr : 'filtered';
  const reason = a.output.reason ?? b.output.reason;
  return {
    ...a,
    role: a.role === 'main' || b.role === 'main' ? 'main' : 'module',
    dropsEnvironment: a.dropsEnvironment || b.dropsEnvironment,
    output: {
      stdout,
      stderr,
      ...(reason ? { reason } : {}),
      ...filesOf([...(a.output.files ?? []), ...(b.output.files ?? [])]),
    },
  };
}
