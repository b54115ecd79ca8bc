import type { InterpreterCall, Language, Layer, Program, Range } from '@katib-push/core';
import type {
  ArithmeticCommandExpansion,
  Assignment,
  CommandExpansionPart,
  CompoundCommand,
  CompoundList,
  ProcessSubstitutionPart,
  Redirected,
} from 'unbash';
import type { Site } from '../values/to-layer.ts';
import type { Value } from '../values/value.ts';
import type { Destination, Pipe, Source } from './streams.ts';

/** How a shell's own `echo` reads backslashes: `bash` not at all, `dash` always, `unknown` one or the other. */
export type Dialect = 'bash' | 'dash' | 'unknown';

/** The dialect of a shell called by this name. `sh` is dash in Debian's images and bash or busybox in others. */
export function dialectOf(command: string | undefined): Dialect {
  if (command === 'bash' || command === 'rbash') return 'bash';
  return command === 'dash' ? 'dash' : 'unknown';
}

/** What one walk over a script, and over the scripts that it runs, shares. Filled on the way. */
export interface Walk {
  readonly languages: readonly Language[];
  /** The shell as a language, for the shell texts that the script runs. */
  readonly language: Language;
  readonly found: Found[];
  /** What the shells write, in order. */
  readonly written: Echo[];
  /** Layers that were made, by what they are made of: the same text run twice is one layer. */
  readonly layers: Map<string, Layer>;
  readonly layerNumbers: Map<Layer, number>;
  /** Functions that were called. */
  readonly called: Set<ShellFunction>;
  symbols: number;
  steps: number;
  /** What the shell does by itself, by name; handed in, so that what walks need not know them. */
  readonly commands: Readonly<Record<string, (call: Call) => void>>;
  /** Runs what is substituted in a word; handed in, so that words can be expanded without what walks. */
  readonly substitute: (part: Substitution, quoted: boolean, shell: Shell) => Substituted;
}

/** `$(…)`, `` `…` ``, `<(…)` or `>(…)`. */
export type Substitution = CommandExpansionPart | ArithmeticCommandExpansion | ProcessSubstitutionPart;

/** What `$(…)`, `` `…` ``, `<(…)` or `>(…)` comes to. */
export interface Substituted {
  readonly symbol: string;
  /** What it wrote, where that is known; the newlines at its end are gone. */
  readonly value?: Value;
  /** What writes to `>(…)` writes to this. */
  readonly pipe?: Pipe;
}

/** A program that was found; where its output goes is known only when the walk is over. */
export type Found =
  | {
      readonly kind: 'text';
      readonly program: Omit<Extract<Program, { kind: 'text' }>, 'output'>;
      readonly stdout: Destination;
      readonly stderr: Destination;
    }
  | {
      readonly kind: 'unknown';
      readonly program: Extract<Program, { kind: 'unknown' }>;
      /** Set where it matters only if it writes to the container's output. */
      readonly stdout?: Destination;
      readonly stderr?: Destination;
    };

/** Text that the shell itself writes. */
export interface Echo {
  readonly layer: Layer;
  /** The command. */
  readonly range: Range;
  /** Its name. */
  readonly callee: Range;
  readonly sink: string;
  /** Absent if nothing is known of it. */
  readonly value?: Value;
  readonly output: Destination;
}

export interface Variable {
  readonly symbol: string;
  /** The texts it may hold; empty if they are known only at run time. */
  readonly choices: readonly Value[];
}

export interface File {
  /** The texts it may hold; empty if they are known only at run time. */
  readonly choices: readonly Value[];
  /** Why its text isn't known, for people. */
  readonly because?: string;
}

export interface ShellFunction {
  readonly body: CompoundCommand | Redirected | CompoundList;
  readonly layer: Layer;
}

/** See {@link Shell.shows}. */
export type Shows = 'nothing' | 'commands' | 'text';

/** One shell on its way through a script: what it holds at this moment. Changed by the commands as they are walked. */
export interface Shell {
  readonly walk: Walk;
  readonly dialect: Dialect;
  /** The text being walked: the script, or what `eval` and `source` read. */
  layer: Layer;
  variables: Map<string, Variable>;
  arrays: Map<string, readonly Value[]>;
  /** `undefined` where it depends on the way taken what the name stands for. */
  functions: Map<string, ShellFunction | undefined>;
  /** Files that the script has written, by key; shared with the shells that it starts. */
  files: Map<string, File>;
  directories: Set<string>;
  /** Key of the working directory. */
  cwd: string;
  cwdBefore: string;
  /** `$0`, `$1`, … */
  args: readonly Value[];
  /** Whether `args` is all there is, so that a further one is empty. */
  argsKnown: boolean;
  input: Source;
  /** By descriptor: 1 and 2, perhaps more. */
  outputs: ReadonlyMap<number, Destination>;
  /** What runs it; absent if it isn't known. */
  readonly interpreter?: InterpreterCall;
  /** What it shows of itself on stderr: the words of its `commands` (`-x`), or all of its `text` (`-v`). */
  shows: Shows;
  /** Whether it has left: `exit`, `exec`. */
  ended: boolean;
  readonly dropsEnvironment: boolean;
  /** How deep hosts may still nest. */
  readonly depth: number;
  /** How deep in functions. */
  callDepth: number;
  /** How many ways that may not be taken, or be taken more than once, it is in. */
  readonly uncertain: number;
}

/** One simple command, its words expanded and its redirections made. */
export interface Call {
  /** The name and the arguments. */
  readonly words: readonly Value[];
  /** The arguments that assign, of a command that declares: `export A=1`. */
  readonly assignments: readonly Assignment[];
  /** The whole command in the shell's text. */
  readonly site: Site;
  /** The name, as it is written. */
  readonly name: Range;
  readonly shell: Shell;
}

/** A name that no other value has. */
export function freshSymbol(shell: Shell): string {
  shell.walk.symbols++;
  return `#${shell.walk.symbols}`;
}

/** A shell of its own with what this one holds: `( … )`, `$(…)`, a part of a pipeline. Files are shared. */
export function subshell(shell: Shell): Shell {
  return {
    ...shell,
    variables: new Map(shell.variables),
    arrays: new Map(shell.arrays),
    functions: new Map(shell.functions),
  };
}

/** One of two ways that the shell may take: nothing is shared. */
export function branch(shell: Shell): Shell {
  return {
    ...subshell(shell),
    files: new Map(shell.files),
    directories: new Set(shell.directories),
    uncertain: shell.uncertain + 1,
  };
}

export function setVariable(shell: Shell, name: string, choices: readonly Value[]): void {
  shell.arrays.delete(name);
  shell.variables.set(name, { symbol: freshSymbol(shell), choices });
}
