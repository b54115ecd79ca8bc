import { type Edit, sortEdits, splice } from '../edits/edit.ts';
import type { Delivery, Language, SyntaxDocument, TextProgram } from '../language/language.ts';
import type { Script } from '../language/parse-programs.ts';
import type { Coverage, JudgedScript, JudgedStatement } from '../match/judge.ts';
import { type Hindrance, hindranceOfScript, hindranceOfStatement, streamsToRead } from './find-hindrance.ts';

/** A statement with its verdict and whether it is going to be rewritten. */
export interface PlannedStatement extends JudgedStatement {
  readonly rewritten: boolean;
  /** Why a wanted statement stays as it is; absent where it is rewritten or not wanted. */
  readonly hindrance?: Hindrance;
}

/** What is going to be done to one script. */
export interface ScriptPlan extends Script {
  readonly statements: readonly PlannedStatement[];
  /** In the script's own coordinates, sorted; empty if nothing changes. */
  readonly edits: readonly Edit[];
  /** The script's text with the edits spliced in. */
  readonly after: string;
  readonly delivery: Delivery;
  /** Whether the client reads every line of the script's streams, because one of them gets away. */
  readonly everyLine: boolean;
  /** Whether the prelude takes a line of its own. */
  readonly addsLine: boolean;
  /** Why the script as a whole is left alone; absent if it isn't. */
  readonly hindrance?: Hindrance;
}

export interface PlanOptions {
  readonly coverage: Coverage;
  /** How the client reaches the process that runs a program. */
  readonly delivery: (program: TextProgram, language: Language) => Delivery;
}

/** Turns the verdicts on a script into edits: one callee wrapped per wanted statement, one prelude per file. */
export function planScript(script: JudgedScript, { coverage, delivery }: PlanOptions): ScriptPlan {
  const { program, document } = script;
  const everyLine = hasToReadEveryLine(script);
  const isWanted = script.statements.some(
    ({ statement, judgement }) => judgement.wanted && !statement.cannot,
  );
  const whole = isWanted || everyLine ? hindranceOfScript(program) : undefined;
  const left = {
    ...script,
    statements: script.statements.map((judged) => planStatement(judged, program, whole)),
    edits: [],
    after: document.text,
    delivery: delivery(program, program.language),
    everyLine: false,
    addsLine: false,
  };
  if (whole) return { ...left, hindrance: whole };

  const targets = left.statements.filter(isEdited).map(({ statement }) => statement);
  const takesAll = coverage === 'output';
  if (targets.length === 0 && !everyLine && !(takesAll && canTakeAll(script))) return left;
  const clientName = document.freeName();
  const streams = streamsToRead(program.output);
  const prelude = document.prelude({
    clientName,
    // Where all output counts, the client has to be there before anything else runs.
    firstUse: takesAll || everyLine ? 0 : (targets[0]?.from ?? 0),
    delivery: left.delivery,
    ...(streams ? { streams } : {}),
    ...(everyLine ? { everyLine } : {}),
  });
  if ('impossible' in prelude) {
    const hindrance: Hindrance = { code: 'no-place-for-prelude', message: prelude.impossible };
    const statements = left.statements.map((one) =>
      isEdited(one) ? { ...one, rewritten: false, hindrance } : one,
    );
    return { ...left, statements, hindrance };
  }
  if (targets.length === 0 && holdsPrelude(document, prelude.edit)) return left;
  const edits = sortEdits([prelude.edit, ...targets.flatMap((target) => document.wrap(target, clientName))]);
  return { ...left, edits, after: splice(document.text, edits), everyLine, addsLine: prelude.addsLine };
}

function planStatement(
  { statement, judgement }: JudgedStatement,
  program: TextProgram,
  whole: Hindrance | undefined,
): PlannedStatement {
  const hindrance =
    judgement.wanted && !statement.wrapped ? (whole ?? hindranceOfStatement(statement, program)) : undefined;
  const rewritten = judgement.wanted && hindrance === undefined;
  return { statement, judgement, rewritten, ...(hindrance ? { hindrance } : {}) };
}

function isEdited({ rewritten, statement }: PlannedStatement): boolean {
  return rewritten && !statement.wrapped;
}

/** Whether a stream gets away, and what is written through it counts: also that of a statement that a comment asks to leave alone. */
function hasToReadEveryLine({ program, document, statements }: JudgedScript): boolean {
  const escapes = document.escapes?.() ?? [];
  return (
    escapes.length > 0 &&
    streamsToRead(program.output)?.length !== 0 &&
    statements.every(({ statement }) => !statement.suppressed)
  );
}

/** Whether all output of a script can be read where none of its statements has to be wrapped. */
function canTakeAll({ program, document }: Script): boolean {
  return (
    program.role === 'main' &&
    streamsToRead(program.output)?.length !== 0 &&
    !document.problem &&
    program.language.client !== undefined
  );
}

/** Whether a text holds a prelude already, perhaps one that binds another of the client's names. */
function holdsPrelude({ text }: SyntaxDocument, { insert }: Edit): boolean {
  const sameName = (code: string) => code.replaceAll(/_katib_push_\d+/g, '_katib_push');
  return sameName(text).includes(sameName(insert).replaceAll(/^[\s;]+|[\s;]+$/g, ''));
}
