import type { OutputStatement } from '../language/language.ts';
import type { Script } from '../language/parse-programs.ts';
import type { Filters } from './filters.ts';
import { type Judgement, judge } from './judge.ts';

/** An output statement with its verdict. */
export interface JudgedStatement {
  readonly statement: OutputStatement;
  readonly judgement: Judgement;
}

/** A script with its output statements, in source order. */
export interface JudgedScript extends Script {
  readonly statements: readonly JudgedStatement[];
}

/** Finds the output statements of a script, and judges each against the filters. */
export function judgeScript(script: Script, filters: Filters): JudgedScript {
  const found = script.document.statements();
  return {
    ...script,
    statements: found.map((statement) => ({ statement, judgement: judge(statement, filters) })),
  };
}
