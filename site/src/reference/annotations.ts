import {
  annotationPrefix,
  annotations,
  labels,
  type Word,
} from '../../../packages/katib/src/policy/choices.ts';
import type { Page } from '../page.ts';
import { tableOf } from '../table.ts';

/** Annotations and labels, from the catalogue by which the engine knows them. */
export function annotationsPage(): Page {
  const rowsOf = (table: Readonly<Record<string, Word>>): readonly (readonly string[])[] =>
    Object.entries(table).map(([name, { values, absent, meaning }]) => [
      `\`${annotationPrefix}${name}\``,
      [...(absent ? ['(absent)'] : []), ...values].map((value) => `\`${value}\``).join(', '),
      meaning,
    ]);
  const text = `# Annotations and labels

Annotations are the user's words on an Experiment. They win over what a server or a command line says. A name or value that
is not in these tables is reported, with the one that was probably meant.

${tableOf(['annotation', 'values, the default first', 'meaning'], rowsOf(annotations))}

## Labels

They carry what was decided to the trials.

${tableOf(['label', 'values', 'meaning'], rowsOf(labels))}
`;
  return { path: 'reference/annotations', text };
}
