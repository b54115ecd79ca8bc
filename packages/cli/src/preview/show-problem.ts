import type { Problem } from '../problems/problem.ts';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { wrap } from '../terminal/width.ts';

/** The way out that several diagnostics of one preview may name. */
const CONTAINER = 'katib-push.io/capture: container';

/** The diagnostics of one preview as lines. The way out that many of them have is told by the first. */
export function showProblems(
  problems: readonly Problem[],
  colours: Colours,
  width: number,
): readonly string[] {
  const first = problems.find(({ hint }) => hint.includes(CONTAINER));
  return problems.flatMap((problem) => {
    const isTold = problem !== first && problem.hint.includes(CONTAINER);
    return showProblem(isTold ? { ...problem, hint: '' } : problem, colours, width);
  });
}

/**
 * A diagnostic as lines: severity and code, the message, where it is, and what to do, if a hint is given.
 *
 *     error not-yaml: Map keys must be unique.
 *       at experiment.yaml:4:3
 *       hint: Correct the YAML at the place shown.
 */
export function showProblem(problem: Problem, colours: Colours, width: number): readonly string[] {
  const paint = { error: colours.red, warning: colours.yellow, info: colours.blue }[problem.severity];
  const [first = '', ...rest] = wrap(
    neutralise(`${problem.severity} ${problem.code}: ${problem.message}`),
    width,
  );
  const label = `${problem.severity} ${problem.code}:`;
  const head = first.startsWith(label) ? paint(label) + first.slice(label.length) : first;
  const where = showWhere(problem);
  return [
    head,
    ...rest.map((line) => `  ${line}`),
    ...(where === '' ? [] : [`  ${colours.dim('at')} ${neutralise(where)}`]),
    ...(problem.frame?.split('\n').map((line) => `    ${neutralise(line)}`) ?? []),
    ...(problem.hint === ''
      ? []
      : wrap(neutralise(`hint: ${problem.hint}`), width - 2).map((line) => `  ${colours.dim(line)}`)),
  ];
}

/** `file:line:column`, the pointer, the script and its line: what is known of the place. */
function showWhere({ file, place, pointer, script, line }: Problem): string {
  return [
    file === undefined ? '' : place ? `${file}:${place.line}:${place.column}` : file,
    pointer ?? '',
    script === undefined ? '' : line === undefined ? script : `${script}, line ${line}`,
  ]
    .filter((part) => part !== '')
    .join('  ');
}
