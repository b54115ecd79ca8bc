import type { Language } from '@katib-push/core';
import type { Arbitrary } from 'fast-check';
import type { CaseExpectation } from './read-cases.ts';

/** What one run of a program wrote. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * What the kit takes for granted, and a language may have to say no to: line endings (`CRLF`), a byte order mark (`BOM`),
 * indentation by `tabs`, each kind of verdict, each host by its name; `modules`, `unreadable` output, `value` uses of what
 * writes, and `shadowed` names of it.
 */
export type Exemption = string;

/** What the kit has to know of a language beside the object itself. */
export interface LanguageTests {
  /** The folder of the cases: `new URL('fixtures', import.meta.url)`. See CONTRIBUTING.md for what a case is. */
  readonly fixtures: string | URL;
  /** An interpreter as a container's command names it: `python3`. Default: the language's name. */
  readonly interpreter?: string;
  /** Folders that are searched for the interpreter first. Default: the workspace's `.venv/bin`. */
  readonly path?: readonly string[];
  /**
   * Runs a text of a language without a client; `undefined` where it can't be run here; the test is skipped then.
   * Default: the interpreter, if it is on this machine. A language with a client is run by the oracle instead.
   */
  readonly run?: (text: string, name: string) => Promise<Ran | undefined>;
  /**
   * Whole programs that run to their end and write `loss=<number>` lines, for the property tests. Absent: the cases'
   * inputs stand in for them, and nothing is run.
   */
  readonly programs?: Arbitrary<string>;
  /** A program that writes the value of an expression to stdout, and nothing else. Needed where the language has `literal`. */
  readonly prints?: (literal: string) => string;
  /** What doesn't hold for this language, each with the reason; one that holds after all fails. Default: none. */
  readonly exempt?: Readonly<Record<Exemption, string>>;
  /** What `case.json` says where it says nothing itself. Default: metrics `loss` and `accuracy`, Katib's filter. */
  readonly defaults?: Partial<CaseExpectation>;
}

/** A language with everything that the checks ask for, defaults filled in. */
export interface Subject {
  readonly language: Language;
  readonly tests: LanguageTests;
  readonly interpreter: string;
  /** The language's first file name ending; `.txt` if it has none. */
  readonly ending: string;
}

export function describeSubject(language: Language, tests: LanguageTests): Subject {
  return {
    language,
    tests,
    interpreter: tests.interpreter ?? language.name,
    ending: language.extensions[0] ?? '.txt',
  };
}
