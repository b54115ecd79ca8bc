import { proposalAsYaml } from '../preview/show-formats.ts';
import type { Colours } from '../terminal/colours.ts';
import { count } from '../terminal/count.ts';
import { neutralise } from '../terminal/neutralise.ts';
import type { Diagnosis } from './diagnose-output.ts';

/** Rows of a proposal that are shown. */
const MOST_ROWS = 5;

/**
 * What Katib finds in some output, for people:
 *
 *     Katib would find no accuracy in these 120 lines; 12 name it. This reads them:
 *       spec: …
 *       # gives 12 rows: accuracy = 0.81, accuracy = 0.84, …
 */
export function showDiagnosis(
  { lines, naming, found, proposal, unread }: Diagnosis,
  metrics: readonly string[],
  colours: Colours,
): readonly string[] {
  const has = found
    .filter(({ rows }) => rows > 0)
    .map(({ name, rows }) => `${neutralise(name)} ${count(rows, 'time')}`);
  const lacks = found.filter(({ rows }) => rows === 0).map(({ name }) => neutralise(name));
  const where = `in ${lines === 1 ? 'this one line' : `these ${lines} lines`}`;
  const heads = [
    ...(has.length > 0 ? [`Katib would find ${has.join(', ')} ${where}.`] : []),
    ...(lacks.length > 0 && lines === 0 ? [`Nothing was printed, and so no ${lacks.join(', no ')}.`] : []),
    ...(lacks.length > 0 && lines > 0
      ? [
          `Katib would find no ${lacks.join(', no ')} ${where}; ${naming === 0 ? 'none names' : `${naming} ${naming === 1 ? 'names' : 'name'}`} ${lacks.length > 1 ? 'one of them' : 'it'}.${proposal ? ' This reads them:' : ''}`,
        ]
      : []),
  ];
  const rows = proposal?.rows ?? [];
  const shown = rows.slice(0, MOST_ROWS).map(({ name, value }) => `${name} = ${value}`);
  const more = rows.length > MOST_ROWS ? ', …' : '';
  return [
    ...heads.map((line) => colours.bold(line)),
    ...(proposal
      ? [
          ...proposalAsYaml(proposal, metrics).map((line) => `  ${neutralise(line)}`),
          colours.dim(`  # gives ${count(rows.length, 'row')}: ${neutralise(shown.join(', '))}${more}`),
        ]
      : []),
    ...unread
      .filter(({ line }) => line !== undefined)
      .map(
        ({ name, why, line = '' }) => `${neutralise(name)}: ${explanations[why] ?? why}: ${neutralise(line)}`,
      ),
  ];
}

const explanations: Readonly<Record<string, string>> = {
  ambiguous: 'several values may be meant',
  unreadable: 'no filter reads just its value',
};
