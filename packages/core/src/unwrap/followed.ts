import type { Language } from '../language/language.ts';
import type { Layer } from '../layers/layer.ts';

/** Where an interpreter takes its program from. */
export type ProgramSource =
  | { readonly kind: 'inline'; readonly text: Layer; readonly flag: string }
  | { readonly kind: 'file'; readonly path: Layer }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'module'; readonly name: Layer };

/** What a command line comes to. */
export type Followed =
  /** An interpreter with a program. */
  | {
      readonly kind: 'program';
      readonly language: Language;
      /** Base name of the interpreter as called: `python3`; of a launcher that runs one, the launcher's. */
      readonly command: string;
      /** Its flags up to the program, one by one; absent for none. */
      readonly flags?: readonly string[];
      readonly source: ProgramSource;
      /** Words behind the program, in the order given. */
      readonly args: readonly Layer[];
      readonly dropsEnvironment: boolean;
    }
  /** No interpreter: the first word is a command that the caller may know, a function, or a file. */
  | { readonly kind: 'command'; readonly words: readonly Layer[]; readonly dropsEnvironment: boolean }
  /** Nothing is run: `python --version`, `env`. */
  | { readonly kind: 'nothing' }
  /** Something is run and it can't be said what. */
  | { readonly kind: 'unknown'; readonly reason: string };
