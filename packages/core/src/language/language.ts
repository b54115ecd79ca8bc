import type { Edit } from '../edits/edit.ts';
import type { Layer } from '../layers/layer.ts';
import type { Range } from '../layers/range.ts';
import type { Template } from '../templates/template.ts';
import type { ClientNeeds } from './client-needs.ts';
import type { CommentSyntax } from './suppressions.ts';
import type { Wrapper } from './wrapper.ts';

/**
 * A language as one plain object: what core and the hosts need to know of it, and nothing else.
 * A language object is immutable and may be shared; making one may be asynchronous (a grammar is loaded), using it is not.
 */
export interface Language {
  /** Lower-case name: `python`. Used in reports and in the configuration. */
  readonly name: string;
  /** How the language's interpreters are named and what their flags mean; absent for a language that is never run by one. */
  readonly interpreters: readonly Interpreter[];
  /**
   * Commands that stand in front of the language's programs and run them: `torchrun`, `npx`. Absent for none; those that
   * run anything (`env`, `nohup`) are known to core.
   */
  readonly launchers?: readonly Wrapper[];
  /** File name endings with the dot: `.py`. */
  readonly extensions: readonly string[];
  /** How comments are written: a statement is left alone where one says `katib-push: ignore <reason>`. */
  readonly comments: CommentSyntax;
  /**
   * A text as one expression of the language that gives just that text, on one line unless the language has no way to
   * write a line's end otherwise: as the prelude hands it to the client. Absent for a language that is only reported.
   */
  readonly literal?: (text: string) => string;
  /** Parses a text. Never throws on user code: what is wrong is in `document.problem`. */
  parse(text: string, options: ParseOptions): SyntaxDocument;
  /** What is delivered to the trial; absent for a language that is only reported. */
  readonly client?: PushClient;
  /** For a language whose texts hold texts of other languages: finds them. */
  readonly host?: Host;
}

/** One family of interpreters of a language. */
export interface Interpreter {
  /** Matches the command's base name, whole: `python`, `python3`, `python3.11`. */
  readonly command: RegExp;
  /** The flag whose argument is the program itself (`-c`, `-e`); absent if there is none. Clusters (`-uc`) are understood. */
  readonly inlineFlag?: string;
  /**
   * Set where the inline program is the first word after all flags (`sh -c -e TEXT`, `sh -ce TEXT`) and not the flag's own
   * argument (`python -uc TEXT`, `python -cTEXT`). Default false.
   */
  readonly inlineIsOperand?: boolean;
  /**
   * Set where the inline flag may be given again (`Rscript -e TEXT -e TEXT`): such a command is not followed. Default false:
   * what comes behind the first text are the program's arguments.
   */
  readonly inlineRepeats?: true;
  /** Further flags whose argument is the program: `--eval`. */
  readonly otherInlineFlags?: readonly string[];
  /** Flags with which a command is not followed, and why. A word that is one of them as a whole is no cluster: `-pe`. */
  readonly flagsNotFollowed?: Readonly<Record<string, string>>;
  /** Whether a word is a program only if it ends as the language's files do: `R CMD BATCH` runs something else. Default false. */
  readonly filesByEnding?: true;
  /** The flag that runs a module by name (`-m`); absent if there is none. */
  readonly moduleFlag?: string;
  /** Flags that take the next word as their argument: `-W`, `-X`. */
  readonly flagsWithArgument: readonly string[];
  /** Flags that make the interpreter leave without running a program: `--version`. */
  readonly flagsThatExit?: readonly string[];
  /** Flags with which the environment of the process is not read or not trusted, so that `env` delivery can't work. */
  readonly flagsThatDropEnvironment?: readonly string[];
}

export interface ParseOptions {
  /** Ranges of the text that are stand-ins; ascending. What a template takes from them is a hole. */
  readonly opaque: readonly Range[];
  /** What runs the text, where its command line says; absent if it isn't known. */
  readonly interpreter?: InterpreterCall;
  /** The file that it stands in (`train.py`), or how it is run (`python -c`, `stdin`); absent if it isn't known. */
  readonly name?: string;
  /** Whether it is run by itself, or loaded by another text; absent if it isn't known. */
  readonly role?: 'main' | 'module';
  /** What the commands of a host's text may run. Default: the language itself. */
  readonly languages?: readonly Language[];
}

/** An interpreter as a command line names it. */
export interface InterpreterCall {
  /** Its base name: `bash`, `python3.11`. */
  readonly command: string;
  /**
   * The flags in front of the program, one by one: `-euxc` is `-e`, `-u`, `-x`, `-c`. Of their arguments only those of long
   * ones: `--input-type=module`, however it is written.
   */
  readonly flags: readonly string[];
}

/** A parsed text. Plain methods over the tree; `dispose` frees what the parser holds. */
export interface SyntaxDocument {
  readonly text: string;
  /** Why the text must be left alone (a syntax error, an older version of the language); absent if it parses. */
  readonly problem?: SyntaxProblem;
  /** The output statements, in source order. Empty where `problem` is set. */
  statements(): readonly OutputStatement[];
  /** Names of files that the text may load beside itself, relative to its folder: `helper.py`, `pkg/__init__.py`. */
  modules(): readonly string[];
  /** Where the text reports metrics by itself (Katib's `report_metrics`); absent if it doesn't. */
  reportsItself(): Range | undefined;
  /** Ranges that write output the client can't read (`os.write`, `.buffer.write`, subprocesses), for the report. */
  unreadable(): readonly UnreadableOutput[];
  /**
   * Places where an output stream gets to code that nobody follows (`train(console)`): where there is one, the client of
   * this script reads every line of its streams. Absent for a language without such.
   */
  escapes?(): readonly Escape[];
  /** Calls that people take for output that the collector reads, for the report; absent for a language that knows none. */
  nearMisses?(): readonly NearMiss[];
  /**
   * Whether code that is not in the text may print while it runs: what it loads, but for modules that are known to print
   * nothing by themselves. Absent: it may.
   */
  runsOthers?(): boolean;
  /**
   * Words whose lines may show a text that no output statement writes: an error that nothing catches, a prompt, a stream by
   * its path. Absent: there are none.
   */
  readonly asides?: RegExp;
  /** Suppression comments that no output statement uses. */
  unusedSuppressions(): readonly Range[];
  /** A name for the client's function that the text doesn't use: `_katib_push`, else `_katib_push_1`, … */
  freeName(): string;
  /** The edits that wrap one statement's callee with the client's function. Insertions only. */
  wrap(statement: OutputStatement, clientName: string): readonly Edit[];
  /** The edit that binds `clientName` in this file, before its first use. `addsLine` when later lines move by one. */
  prelude(options: PreludeOptions): Prelude;
  /** The document after `edits`, parsed incrementally. */
  edit(edits: readonly Edit[]): EditedDocument;
  dispose(): void;
}

export interface EditedDocument {
  readonly document: SyntaxDocument;
  /** The ranges of the new text whose tree differs. */
  readonly changed: readonly Range[];
  /** Why it can't be said which ranges differ, as a sentence without a full stop; absent where `changed` is all of them. */
  readonly unproven?: string;
}

export interface SyntaxProblem {
  /** `old-syntax`: it is a program of an earlier version of the language, which today's interpreters refuse. */
  readonly code: 'syntax-error' | 'old-syntax' | 'binary';
  readonly message: string;
  readonly range: Range;
}

/** One place where a program writes text that people or collectors read. */
export interface OutputStatement {
  /** The whole call, or the whole name where the sink is stored or passed on. */
  readonly from: number;
  readonly to: number;
  /** What gets wrapped: the callee's expression. */
  readonly callee: Range;
  /** Whether the callee is called here, or stored and passed on as a value (`map(print, xs)`, `log = print`). */
  readonly use: 'call' | 'value';
  /** The sink by its usual name: `print`, `sys.stdout.write`, `logging.info`, `console.log`. */
  readonly sink: string;
  readonly kind: 'print' | 'log';
  /** The stream that it writes to; absent where that is known only at run time (a logger's handlers). */
  readonly stream?: 'stdout' | 'stderr';
  /** What it writes, the newline that ends it included; absent if nothing is known of the text. Found when it is first asked for. */
  readonly template?: () => Template;
  /** Set where the statement must not be rewritten, with the reason: `body of a function compiled by numba.njit`. */
  readonly never?: string;
  /**
   * Set where the statement can be matched but not rewritten, with the reason: `shell output is only reported`. Unlike
   * `never` it hides no loss: a metric that it writes stays behind.
   */
  readonly cannot?: string;
  /** Why what it writes is never shown, so that nobody would read a metric there; absent, or `undefined`, where it may be. */
  readonly hidden?: () => string | undefined;
  /** Why it can't be told whether what it writes is shown; absent, or `undefined`, where it can. */
  readonly doubtful?: () => string | undefined;
  /** Set where a comment asks to leave it alone; `reason` is the comment's own. */
  readonly suppressed?: { readonly reason: string; readonly range: Range };
  /** Whether the callee is wrapped by the client already. */
  readonly wrapped: boolean;
}

export interface UnreadableOutput extends Range {
  /** `os.write`, `subprocess.run`, … */
  readonly sink: string;
  readonly reason: string;
  /** What it writes, where that is constant: it matters only if a wanted name is in it. Absent: it may write anything. */
  readonly text?: string;
}

/** A call that people take for output that the collector reads. */
export interface NearMiss extends Range {
  /** As it is written: `wandb.log`, `model.fit`. */
  readonly sink: string;
  /**
   * - `tracker`: it hands metrics to another system and prints nothing.
   * - `native`: it prints below the language's own streams.
   * - `library`: it prints by itself, in a form of its own.
   * - `wrapper`: a function of another file, which prints what it is given by its name.
   */
  readonly kind: 'tracker' | 'native' | 'library' | 'wrapper';
  /** Of a wrapper: the files that may define it, as `modules()` names them. One that is here is read in its own right. */
  readonly files?: readonly string[];
  /** Of a library: how it prints a metric, `{}` for the name; absent where no filter could read it. */
  readonly form?: string;
}

export interface PreludeOptions {
  readonly clientName: string;
  /** The first position that uses the name; the prelude has to run before it. */
  readonly firstUse: number;
  readonly delivery: Delivery;
  /** The streams that the client reads; absent for both. */
  readonly streams?: readonly ('stdout' | 'stderr')[];
  /** Set where the client is to read every line of them, by whatever it is written. */
  readonly everyLine?: true;
}

/** How the client reaches the process. */
export type Delivery =
  /** An environment variable of the container holds the client's source. */
  | { readonly kind: 'env' }
  /** The source stands in the script: something in front may drop the environment. `settings` is a JSON object. */
  | { readonly kind: 'inline'; readonly source: string; readonly settings: string }
  /** An installed module of the image. */
  | { readonly kind: 'image' };

export type Prelude =
  | { readonly edit: Edit; readonly addsLine: boolean }
  /** No place for it: the reason. */
  | { readonly impossible: string };

/** The client of one language: one file, no dependencies. */
export interface PushClient {
  /** Environment variable that holds the source under `env` delivery: `KATIB_PUSH_PYTHON`. */
  readonly environmentVariable: string;
  /** The command that installs it in an image, as `image` delivery needs it: `pip install katib-push`. */
  readonly install: string;
  /** The source as injected into a trial with these needs; at most 40 KB. The same needs give the same text. */
  source(needs: ClientNeeds): string;
}

/** A place where an output stream gets to code that nobody follows. */
export interface Escape extends Range {
  /** Set where it goes without a descriptor, which a child process could write to: a console. */
  readonly withoutDescriptor?: true;
}

/** The part of a language whose texts hold other programs: a shell, a container's argument list. */
export interface Host {
  /** The interpreter of a text of which only that is known: `sh`, as of `su -c TEXT`. */
  readonly command: string;
  /** Finds the programs that running `layer` would run, in the order in which they are run. */
  unwrap(layer: Layer, context: UnwrapContext): readonly Program[];
  /**
   * The first command that surely runs, before anything that may install, replace or hide it, and that `isWanted` takes by
   * its base name. Strict: what isn't known counts as a hindrance.
   *
   * @param words an argv as a container gets it; what is filled in later stands in it as it is written
   */
  sureCommand(words: readonly string[], isWanted: (name: string) => boolean): SureCommand;
  /** What is wrong with a text, as a sentence without a full stop; absent if it can be run. */
  syntaxError(text: string): string | undefined;
}

/** A command that surely runs, by the word that names it; or why none does, as a sentence without a full stop. */
export type SureCommand = { readonly word: string } | { readonly hindrance: string };

export interface UnwrapContext {
  readonly languages: readonly Language[];
  /** Words after the program: `$0`, `$1`, …; empty if there are none. */
  readonly args: readonly Layer[];
  /** Whether something in front may drop the environment (`env -i`, `sudo`, `ssh`, `mpirun`). */
  readonly dropsEnvironment: boolean;
  /** Base name of the interpreter that runs the text (`sh`, `bash`), where dialects differ; absent if it isn't known. */
  readonly command?: string;
  /** The flags that the interpreter was given; absent for none. */
  readonly flags?: readonly string[];
  /** Hosts nest at most this deep; default 8. */
  readonly depth: number;
}

/** A text in one language that a container runs, or something that is run and can't be followed. */
export type Program =
  | {
      readonly kind: 'text';
      readonly language: Language;
      readonly layer: Layer;
      /** The file it is written to (`train.py`), or how it is run (`python -c`, `stdin`). */
      readonly name: string;
      /** Why it is here: run by an interpreter, or loaded by a program that is. */
      readonly role: 'main' | 'module';
      readonly dropsEnvironment: boolean;
      /** What runs it; absent if it isn't known. */
      readonly interpreter?: InterpreterCall;
      /** Where its output goes. Of a module: where that of the program goes that loads it. */
      readonly output: ProgramOutput;
    }
  | {
      readonly kind: 'unknown';
      /** In the coordinates of `layer`. */
      readonly range: Range;
      readonly layer: Layer;
      /** The command as written, shortened. */
      readonly command: string;
      /** What hindered: `the script is in the image: /opt/train.py`. */
      readonly reason: string;
      readonly code: 'script-in-image' | 'unknown-command' | 'not-followed' | 'shell-syntax-error';
    };

/** A program that can't be followed. */
export type UnknownProgram = Extract<Program, { kind: 'unknown' }>;

/** A program whose text is at hand. */
export type TextProgram = Extract<Program, { kind: 'text' }>;

/** Finds the programs in the outermost strings; `replaced` holds new texts by JSON pointer (empty at first). */
export type Unwrap = (replaced: ReadonlyMap<string, string>) => readonly Program[];

/**
 * Where a stream of a program ends.
 *
 * - `container`: in the container's output, every byte of it (`tee` and `cat` in between change nothing).
 * - `filtered`: another command may change, drop or repeat it on the way (`| grep loss`), or it ends in different places
 *   because the same text is run more than once.
 * - `elsewhere`: in a file, a variable or nowhere.
 */
export type StreamFate = 'container' | 'filtered' | 'elsewhere';

/** Both output streams of a program. The collector would have read only what reaches the container's output. */
export interface ProgramOutput {
  readonly stdout: StreamFate;
  readonly stderr: StreamFate;
  /** Why not both are `container`, for people: `stdout goes through grep`; absent if they are. */
  readonly reason?: string;
  /** The files in which one of them ends, as they are named; absent for none. */
  readonly files?: readonly string[];
}
