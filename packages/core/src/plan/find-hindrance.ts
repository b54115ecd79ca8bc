import type { OutputStatement, ProgramOutput, StreamFate, TextProgram } from '../language/language.ts';
import { outermostOf } from '../layers/layer.ts';
import { overlaps } from '../layers/range.ts';

/** Why a script or a statement stays as it is. */
export interface Hindrance {
  readonly code:
    | 'read-only'
    | 'no-place-for-prelude'
    | 'no-client'
    | 'output-elsewhere'
    | 'output-filtered'
    | 'not-rewritable';
  /** Part of a sentence, without a full stop. */
  readonly message: string;
}

/** Why a script as a whole stays as it is; absent if it doesn't. */
export function hindranceOfScript({ language, layer }: TextProgram): Hindrance | undefined {
  if (layer.readOnly) return { code: 'read-only', message: layer.readOnly };
  if (!language.client) return { code: 'no-client', message: `there is no push client for ${language.name}` };
  return undefined;
}

/** Why one statement stays as it is; absent if it doesn't. */
export function hindranceOfStatement(
  statement: OutputStatement,
  program: TextProgram,
): Hindrance | undefined {
  if (statement.cannot) return { code: 'not-rewritable', message: statement.cannot };
  const fate = fateOf(statement, program.output);
  const why =
    program.output.reason ?? `${statement.stream ?? 'its output'} does not reach the container's output`;
  if (fate === 'elsewhere') return { code: 'output-elsewhere', message: why };
  if (fate === 'filtered') return { code: 'output-filtered', message: why };
  return program.layer.opaque.some((range) => overlaps(range, statement.callee))
    ? { code: 'not-rewritable', message: 'what is called is filled in only at run time' }
    : undefined;
}

/** Where a statement's text ends. Where its stream is not known, the likelier place for a metric decides. */
function fateOf(statement: OutputStatement, output: ProgramOutput): StreamFate {
  if (statement.stream) return output[statement.stream];
  const fates = [output.stdout, output.stderr];
  return (['container', 'filtered'] as const).find((fate) => fates.includes(fate)) ?? 'elsewhere';
}

/** The streams that reach the container's output; absent if both do. */
export function streamsToRead(output: ProgramOutput): readonly ('stdout' | 'stderr')[] | undefined {
  const reaching = (['stdout', 'stderr'] as const).filter((stream) => output[stream] === 'container');
  return reaching.length === 2 ? undefined : reaching;
}

/** Whether what a statement writes ends in a file, or nowhere, and nothing shows it afterwards. */
export function endsUnseen(hindrance: Hindrance | undefined, program: TextProgram): boolean {
  return hindrance?.code === 'output-elsewhere' && !isShown(program);
}

/**
 * Whether a file that output goes to is shown afterwards: `python3 train.py > log; cat log`. Only what the host's text
 * says in plain words counts.
 */
function isShown({ layer, output: { files = [] } }: TextProgram): boolean {
  const shows = /(?:^|[;&|\n])[ \t]*(?:cat|tail|head|grep|sed|awk|more|less|tac)\b([^;&|\n]*)/g;
  return [...outermostOf(layer).text.matchAll(shows)].some(([, words = '']) =>
    files.some((file) => words.includes(file)),
  );
}
