import type { Edit, Language, OutputStatement, Range, SyntaxDocument } from '@katib-push/core';
import { emptyDocument, splice } from '@katib-push/core';

/** How the probe is run in a container's command. */
export const probeName = 'katib-probe';

/**
 * A language that reads nothing and inserts `insert` at each of `places` (fractions of the text's length), whatever
 * stands there: so every position of a host can be tried, not only those where a real language would insert.
 */
export function createProbe(insert: string, places: readonly number[]): Language {
  const probe: Language = {
    name: 'probe',
    interpreters: [{ command: /^katib-probe$/, inlineFlag: '-c', flagsWithArgument: [] }],
    extensions: ['.probe'],
    comments: { line: '#' },
    literal: (text) => text,
    client: { environmentVariable: 'KATIB_PUSH_PROBE', install: 'make install', source: () => '' },
    parse: (text, { opaque }) => createDocument(text, insert, positionsIn(text, places, opaque), false),
  };
  return probe;
}

/** The text that the probe is to make of `text`. */
export function probed(
  text: string,
  insert: string,
  places: readonly number[],
  opaque: readonly Range[],
): string {
  return splice(text, editsAt(positionsIn(text, places, opaque), insert));
}

function positionsIn(text: string, places: readonly number[], opaque: readonly Range[]): readonly number[] {
  const positions = places
    .map((place) => Math.floor(place * text.length))
    .filter((at) => !/^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1)))
    .filter((at) => !opaque.some(({ from, to }) => from < at && at < to));
  return [...new Set(positions)].sort((a, b) => a - b);
}

function editsAt(positions: readonly number[], insert: string): readonly Edit[] {
  return positions.map((at) => ({ from: at, to: at, insert, reason: `probe at ${at}` }));
}

function createDocument(
  text: string,
  insert: string,
  positions: readonly number[],
  wrapped: boolean,
): SyntaxDocument {
  const [first, ...others] = editsAt(positions, insert);
  const end = { from: text.length, to: text.length };
  const statement: OutputStatement = {
    ...end,
    callee: end,
    use: 'call',
    sink: 'probe',
    kind: 'print',
    stream: 'stdout',
    wrapped,
  };
  return {
    ...emptyDocument(text, 'no position to try', (after) => createDocument(after, insert, [], true)),
    statements: () => [statement],
    wrap: () => others,
    prelude: () => (first ? { edit: first, addsLine: false } : { impossible: 'no position to try' }),
    edit: (edits) => ({ document: createDocument(splice(text, edits), insert, [], true), changed: [] }),
  };
}
