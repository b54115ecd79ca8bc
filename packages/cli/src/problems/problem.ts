import type { Diagnostic, DiagnosticCode } from '@katib-push/katib';
import { experimentCatalogue } from '@katib-push/katib/diagnostics';
import { commandCatalogue } from './catalogue.ts';

// Core's is not loaded for it, so that a typing error is answered at once.
const catalogue = { ...experimentCatalogue, ...commandCatalogue };

/** What the command line can say without the engine. */
export type CommandCode = keyof typeof catalogue;

/** A diagnostic as the command shows it: those of the engine, and the command's own, with a place in a file. */
export interface Problem extends Omit<Diagnostic, 'code'> {
  readonly code: DiagnosticCode | CommandCode;
  /** 1-based place in `file`, where one is known. */
  readonly place?: FilePlace;
}

/** 1-based line and column (in UTF-16 units) of a file. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

/** A problem that the command line finds by itself. Control characters in the message become spaces. */
export function problem(
  code: CommandCode,
  message: string,
  details: Omit<Partial<Problem>, 'code' | 'message'> = {},
): Problem {
  const [severity, hint] = catalogue[code];
  const line = message.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  return { code, severity, message: line, hint, ...details };
}

/** Ends a command with problems and an exit code. Only thrown by commands, only caught by `run`. */
export class CommandFailure extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: number;

  constructor(problems: readonly Problem[], exitCode = 2) {
    super(problems[0]?.message ?? 'the command failed');
    this.name = 'CommandFailure';
    this.problems = problems;
    this.exitCode = exitCode;
  }
}
