import type { Problem } from '../problems/problem.ts';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { wrap } from '../terminal/width.ts';
import { hintBeside } from './create-preview.ts';

/**
 * A diagnostic as lines: severity and code, the message, where it is, and what to do.
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
    ...wrap(neutralise(`hint: ${hintBeside(problem.hint)}`), width - 2).map(
      (line) => `  ${colours.dim(line)}`,
    ),
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
