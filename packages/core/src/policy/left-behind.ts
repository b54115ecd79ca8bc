import type { Place } from '../diagnostics/diagnostic.ts';
import type { TextProgram } from '../language/language.ts';
import { withoutStandIns } from '../layers/stand-in.ts';
import type { Filters } from '../match/filters.ts';
import { endsUnseen } from '../plan/find-hindrance.ts';
import { missesOf, namedIn } from '../report/diagnose-near-misses.ts';
import { type PlacedUnknown, type PlannedScript, placeIn } from '../report/report-scripts.ts';

/** Something that stays as it is though it may write a wanted metric to the container's output. */
export interface LeftBehind {
  /** One sentence without a full stop. */
  readonly message: string;
  readonly place: Place;
  /** Set where all lines of the script's streams are read, and a descriptor of theirs that gets away is what is left. */
  readonly unlikely?: true;
}

/** How likely a loss is: what a script writes itself; what can't be read where a wanted name stands; what can't be read. */
type Likelihood = 'written' | 'named' | 'any';

interface Found extends LeftBehind {
  readonly likelihood: Likelihood;
}

/**
 * Finds what the rewrite leaves behind: statements that may write a wanted name, scripts that can't be read, programs
 * that can't be followed, output that goes through another command or can't be read (`os.write`, a child process), and
 * what an imported function is given to print: whatever can't be read may write any wanted name. The likeliest loss comes
 * first.
 */
export function findLeftBehind(
  unknown: readonly PlacedUnknown[],
  planned: readonly PlannedScript[],
  filters: Filters,
): readonly LeftBehind[] {
  const found: readonly Found[] = [
    ...planned.flatMap((script) => [...problemOf(script), ...statementsOf(script)]),
    ...planned.flatMap((script) => [
      ...unreadableOf(script, filters),
      ...escapesOf(script, planned, filters),
    ]),
    ...unknown.map((one) => unknownOf(one, filters)),
  ];
  return (['written', 'named', 'any'] as const).flatMap((likelihood) =>
    found.filter((one) => one.likelihood === likelihood).map(({ likelihood: _, ...one }) => one),
  );
}

function problemOf({ plan: { document, program, name }, lines }: PlannedScript): readonly Found[] {
  const { problem } = document;
  if (!problem || !program.language.client || !reaches(program)) return [];
  const message = `${name} can't be read: ${problem.message}`;
  return [{ message, place: placeIn(name, lines, problem.range), likelihood: 'written' }];
}

function statementsOf({ plan, lines, kept }: PlannedScript): readonly Found[] {
  return plan.statements.flatMap(({ statement, judgement, rewritten, hindrance }) => {
    if (judgement.mayWrite.length === 0 || statement.wrapped || (rewritten && kept)) return [];
    if (endsUnseen(hindrance, plan.program)) return [];
    const what = judgement.mayWrite.filter((one) => one !== '*').join(', ') || 'a metric';
    const why = hindrance ? `: ${hindrance.message}` : '';
    const message = `${statement.sink} may write ${what} and is not rewritten${why}`;
    return [{ message, place: placeIn(plan.name, lines, statement), likelihood: 'written' }];
  });
}

function unreadableOf({ plan, lines }: PlannedScript, filters: Filters): readonly Found[] {
  const { document, program, name } = plan;
  if (document.problem || !reaches(program)) return [];
  return document.unreadable().flatMap((output) => {
    const named = namesIn(output.text ?? document.text.slice(output.from, output.to), filters);
    if (output.text !== undefined && !named) return [];
    const message = `${output.sink} may write ${named || 'a metric'}: ${output.reason}`;
    return [{ message, place: placeIn(name, lines, output), likelihood: named ? 'named' : 'any' }];
  });
}

/** What gets away from the script; where every line is read, what gets away with a descriptor. */
function escapesOf(
  script: PlannedScript,
  planned: readonly PlannedScript[],
  filters: Filters,
): readonly Found[] {
  const { plan, lines, kept } = script;
  const { document, program, name } = plan;
  if (document.problem || !reaches(program)) return [];
  const isRead = plan.everyLine && kept;
  const misses = isRead || document.runsOthers?.() === false ? [] : missesOf(script, planned);
  const given = misses.flatMap((miss): readonly Found[] => {
    const names = namedIn(document.text.slice(miss.from, miss.to), filters.metrics);
    if (miss.kind !== 'wrapper' || names.length === 0) return [];
    const message = `${miss.sink} may write ${names.join(', ')}: it comes from a file that is not here`;
    return [{ message, place: placeIn(name, lines, miss), likelihood: 'named' }];
  });
  const escaped = (document.escapes?.() ?? []).flatMap((place): readonly Found[] => {
    if (isRead && place.withoutDescriptor) return [];
    const stream = document.text.slice(place.from, place.to);
    const how = isRead ? 'to its descriptor' : 'through it';
    const message = `${stream} gets away, and what code elsewhere writes ${how} is not read`;
    const found = { message, place: placeIn(name, lines, place), likelihood: 'any' } as const;
    return [isRead ? { ...found, unlikely: true } : found];
  });
  return [...given, ...escaped];
}

function unknownOf({ program, place }: PlacedUnknown, filters: Filters): Found {
  const { layer, range, code, reason } = program;
  const named = namesIn(layer.text.slice(range.from, range.to), filters);
  return {
    message: `${withoutStandIns(program.command)} is not rewritten: ${reason}`,
    place,
    likelihood: named || code !== 'unknown-command' ? 'named' : 'any',
  };
}

function reaches({ output: { stdout, stderr } }: TextProgram): boolean {
  return stdout !== 'elsewhere' || stderr !== 'elsewhere';
}

/** The wanted names that stand in a text that can't be looked into. */
function namesIn(text: string, filters: Filters): string {
  return filters.metrics.filter((name) => text.includes(name)).join(', ');
}
