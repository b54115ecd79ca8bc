import type { Delivery, Language, OutputStatement, Program, SyntaxDocument } from '../language/language.ts';
import { overlaps } from '../layers/range.ts';
import type { Filters } from '../match/filters.ts';
import { type Coverage, type Judgement, judge } from '../match/judge.ts';
import { type Edit, sortEdits } from './edit.ts';

/** A program whose text is at hand. */
export type TextProgram = Extract<Program, { kind: 'text' }>;

/** A statement with its verdict and whether it is going to be rewritten. */
export interface PlannedStatement {
  readonly statement: OutputStatement;
  readonly judgement: Judgement;
  readonly rewritten: boolean;
  /** Why a wanted statement stays as it is; absent where it is rewritten or not wanted. */
  readonly hindrance?: string;
}

/** What is going to be done to one script. */
export interface ScriptPlan {
  readonly program: TextProgram;
  readonly document: SyntaxDocument;
  readonly statements: readonly PlannedStatement[];
  /** In the script's own coordinates, sorted; empty if nothing changes. */
  readonly edits: readonly Edit[];
  readonly delivery: Delivery;
  /** Whether the prelude takes a line of its own. */
  readonly addsLine: boolean;
  /** Why the script as a whole is left alone; absent if it isn't. */
  readonly hindrance?: {
    readonly code: 'read-only' | 'no-place-for-prelude' | 'no-client' | 'output-elsewhere';
    readonly message: string;
  };
}

export interface PlanOptions {
  readonly filters: Filters;
  readonly coverage: Coverage;
  /** How the client reaches the process that runs a program. */
  readonly delivery: (program: TextProgram, language: Language) => Delivery;
}

/** Turns the verdicts on a script into edits: one callee wrapped per wanted statement, one prelude per file. */
export function planScript(program: TextProgram, document: SyntaxDocument, options: PlanOptions): ScriptPlan {
  const delivery = options.delivery(program, program.language);
  const judged = document
    .statements()
    .map((statement) => ({ statement, judgement: judge(statement, options.filters, options.coverage) }));
  const whole = judged.some(({ statement, judgement }) => judgement.wanted && !statement.cannot)
    ? wholeHindrance(program)
    : undefined;
  const statements = judged.map(({ statement, judgement }): PlannedStatement => {
    const hindrance =
      judgement.wanted && !statement.wrapped
        ? statementHindrance(statement, program, whole?.message)
        : undefined;
    const rewritten = judgement.wanted && hindrance === undefined;
    return { statement, judgement, rewritten, ...(hindrance ? { hindrance } : {}) };
  });
  const base = { program, document, delivery };
  const unchanged = { ...base, statements: statements.map(leave), edits: [], addsLine: false };
  if (whole) return { ...unchanged, statements, hindrance: whole };

  const targets = statements
    .filter(({ rewritten, statement }) => rewritten && !statement.wrapped)
    .map(({ statement }) => statement);
  const wrappedAlready = statements.some(({ statement }) => statement.wrapped);
  const tapOnly =
    options.coverage === 'output' &&
    program.role === 'main' &&
    !wrappedAlready &&
    !document.problem &&
    program.language.client;
  if (targets.length === 0 && !tapOnly) return { ...base, statements, edits: [], addsLine: false };

  const clientName = document.freeName();
  const firstUse =
    targets.length > 0 ? Math.min(...targets.map((target) => target.from)) : document.text.length;
  const prelude = document.prelude({ clientName, firstUse, delivery });
  if ('impossible' in prelude)
    return { ...unchanged, hindrance: { code: 'no-place-for-prelude', message: prelude.impossible } };
  const wraps = targets.flatMap((target) => document.wrap(target, clientName));
  return { ...base, statements, edits: sortEdits([prelude.edit, ...wraps]), addsLine: prelude.addsLine };
}

function leave(planned: PlannedStatement): PlannedStatement {
  return planned.rewritten && !planned.statement.wrapped
    ? { ...planned, rewritten: false, hindrance: 'there is no place for the prelude' }
    : planned;
}

function wholeHindrance({ language, layer, output }: TextProgram): ScriptPlan['hindrance'] {
  if (output.stdout === 'elsewhere' && output.stderr === 'elsewhere')
    return { code: 'output-elsewhere', message: "its output does not reach the container's output" };
  if (layer.readOnly) return { code: 'read-only', message: layer.readOnly };
  if (!language.client) return { code: 'no-client', message: `there is no push client for ${language.name}` };
  return undefined;
}

function statementHindrance(
  statement: OutputStatement,
  program: TextProgram,
  whole: string | undefined,
): string | undefined {
  if (whole) return whole;
  if (statement.cannot) return statement.cannot;
  const touched = program.layer.opaque.some((range) => overlaps(range, statement.callee));
  return touched ? 'what is called is filled in only at run time' : undefined;
}
