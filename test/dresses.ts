import type { ScriptReport } from '@katib-push/core';

/** The same text in another dress, in which the rewrite has to come out the same. */
export interface Dress {
  readonly name: string;
  /** `undefined` where it makes no sense for the text. Works on a rewritten text as on the original one. */
  dress(text: string): string | undefined;
}

export const dresses: readonly Dress[] = [
  {
    name: 'CRLF',
    dress: (text) => (/\r|^[^\n]*$/.test(text) ? undefined : text.replaceAll('\n', '\r\n')),
  },
  { name: 'BOM', dress: (text) => (/^(?:\uFEFF|#!)/.test(text) ? undefined : `\uFEFF${text}`) },
  {
    name: 'tabs',
    dress: (text) =>
      /^ *\t/m.test(text) ? undefined : text.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length)),
  },
  { name: 'no final newline', dress: (text) => (/[^\s\\]\n$/.test(text) ? text.slice(0, -1) : undefined) },
];

/** What may not depend on the dress: each statement's place by line, sink and verdict. */
export function verdictsOf(script: ScriptReport): readonly string[] {
  return script.statements.map(
    ({ line, sink, verdict, metrics, rewritten }) =>
      `line ${line}: ${sink} ${verdict} ${metrics.map(({ name }) => name).join(',')}${rewritten ? ' rewritten' : ''}`,
  );
}
