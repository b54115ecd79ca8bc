import { type Edit, sortEdits, splice } from '../edits/edit.ts';
import type {
  Delivery,
  Language,
  OutputStatement,
  SyntaxDocument,
  TextProgram,
} from '../language/language.ts';
import type { Filters } from '../match/filters.ts';
import { type Coverage, type Judgement, judge } from '../match/judge.ts';
import { type Hindrance, hindranceOfScript, hindranceOfStatement, streamsToRead } from './find-hindrance.ts';

/** A statement with its verdict and whether it is going to be rewritten. */
export interface PlannedStatement {
  readonly statement: OutputStatement;
  readonly judgement: Judgement;
  readonly rewritten: boolean;
  /** Why a wanted statement stays as it is; absent where it is rewritten or not wanted. */
  readonly hindrance?: Hindrance;
}

/** What is going to be done to one script. */
export interface ScriptPlan {
  readonly program: TextProgram;
  readonly document: SyntaxDocument;
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
    .map((statement) => ({ statement, judgement: judge(statement, options.filters) }));
  const streams = streamsToRead(program.output);
  const escapes = (document.escapes?.() ?? []).length > 0;
  // every line: also that of a statement that a comment asks to leave alone
  const everyLine =
    escapes && streams?.length !== 0 && judged.every(({ statement }) => !statement.suppressed);
  const isWanted = judged.some(({ statement, judgement }) => judgement.wanted && !statement.cannot);
  const whole = isWanted || everyLine ? hindranceOfScript(program) : undefined;
  const statements = judged.map(({ statement, judgement }): PlannedStatement => {
    const hindrance =
      judgement.wanted && !statement.wrapped
        ? (whole ?? hindranceOfStatement(statement, program))
        : undefined;
    const rewritten = judgement.wanted && hindrance === undefined;
    return { statement, judgement, rewritten, ...(hindrance ? { hindrance } : {}) };
  });
  const base = { program, document, delivery, after: document.text, everyLine: false, addsLine: false };
  if (whole) return { ...base, statements, edits: [], hindrance: whole };

  const targets = statements
    .filter(({ rewritten, statement }) => rewritten && !statement.wrapped)
    .map(({ statement }) => statement);
  const tapOnly =
    options.coverage === 'output' &&
    program.role === 'main' &&
    streams?.length !== 0 &&
    !document.problem &&
    program.language.client !== undefined;
  if (targets.length === 0 && !tapOnly && !everyLine) return { ...base, statements, edits: [] };

  const clientName = document.freeName();
  // Where all output counts, the client has to be there before anything else runs.
  const firstUse = options.coverage === 'output' || everyLine ? 0 : (targets[0]?.from ?? 0);
  const prelude = document.prelude({
    clientName,
    firstUse,
    delivery,
    ...(streams ? { streams } : {}),
    ...(everyLine ? { everyLine } : {}),
  });
  if ('impossible' in prelude) {
    const hindrance: Hindrance = { code: 'no-place-for-prelude', message: prelude.impossible };
    const left = statements.map((planned) => leave(planned, hindrance));
    return { ...base, statements: left, edits: [], hindrance };
  }
  if (targets.length === 0 && holdsPrelude(document.text, prelude.edit.insert))
    return { ...base, statements, edits: [] };
  const wraps = targets.flatMap((target) => document.wrap(target, clientName));
  const edits = sortEdits([prelude.edit, ...wraps]);
  const after = splice(document.text, edits);
  return { ...base, statements, edits, after, everyLine, addsLine: prelude.addsLine };
}

/** Whether a text holds a prelude already, perhaps one that binds another of the client's names. */
function holdsPrelude(text: string, insert: string): boolean {
  const sameName = (code: string) => code.replaceAll(/_katib_push_\d+/g, '_katib_push');
  return sameName(text).includes(sameName(insert).replaceAll(/^[\s;]+|[\s;]+$/g, ''));
}

function leave(planned: PlannedStatement, hindrance: Hindrance): PlannedStatement {
  return planned.rewritten && !planned.statement.wrapped
    ? { ...planned, rewritten: false, hindrance }
    : planned;
}
