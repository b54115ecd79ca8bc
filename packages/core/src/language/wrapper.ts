/**
 * A command that stands in front of another one and runs it: `nohup`, `timeout 10`, `torchrun --nnodes 1`.
 * Plain data; `followCommand` reads it.
 */
export interface Wrapper {
  /** Base names of the command; for a module run by an interpreter, `-m` and its name: `-m torch.distributed.run`. */
  readonly names: readonly string[];
  /** Flags that take words as their arguments, and how many; long ones may also be written `--flag=value`. */
  readonly flags?: Readonly<Record<string, number>>;
  /** Whether `-abc` is one flag rather than a cluster (`mpirun -np 2`). Default false. */
  readonly longByOneDash?: boolean;
  /** The word that makes it run something: `run` of `uv run`. Flags may precede it. Without it nothing is run. */
  readonly subcommand?: readonly string[];
  /** Words between the flags and what is run: the `10` of `timeout 10`. Default 0. */
  readonly operands?: number;
  /** Whether `NAME=value` words may precede what is run. Default false. */
  readonly assignments?: boolean;
  /** Whether the environment may be lost: always, or when one of these flags is given. Default never. */
  readonly drops?: true | readonly string[];
  /**
   * Whether what it runs is found as if it stood alone: on the same machine, by the same user, with the same PATH. Default
   * false: it may install, enter or set up something first.
   */
  readonly isTransparent?: true;
  /** Flags that keep the environment after all: `sudo -E`. */
  readonly keeps?: readonly string[];
  /**
   * What comes after.
   *
   * - `command` (default): another command.
   * - `program`: a script, or a module behind `-m`, in the language that has it among its launchers.
   * - `either`: a script if its ending is that of a language, else a command.
   * - `nothing`: what it runs is not followed; `because` says why.
   */
  readonly runs?: 'command' | 'program' | 'either' | 'nothing';
  /** Flags that turn `program` into `command`: `torchrun --no-python`. */
  readonly commandFlags?: readonly string[];
  /** Flags whose argument is a text of a shell, which is not followed: `npx -c TEXT`. */
  readonly textFlags?: readonly string[];
  /** A flag whose argument is split into words: `env -S "python -u"`. */
  readonly splitFlag?: string;
  /**
   * Why it is not followed: for `nothing`, and for another word than its subcommands. An interpreter in that place is
   * followed: `yarn tsx train.ts`.
   */
  readonly because?: string;
}

/** `takes('-n -u')`: flags that take one word each. */
export function takes(flags: string): Readonly<Record<string, number>> {
  return Object.fromEntries(flags.split(' ').map((flag) => [flag, 1]));
}
