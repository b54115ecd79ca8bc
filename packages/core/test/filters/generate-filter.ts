import fc from 'fast-check';

/** What a filter and its lines are made of. */
export interface Alphabet {
  readonly atoms: readonly string[];
  readonly texts: readonly string[];
}

/** All that RE2 has for one character, and characters whose case or width is special. */
export const wide: Alphabet = {
  atoms: [
    ...['a', 'b', 'k', 'S', '1', '=', ':', ' ', '_', '-', 'é', '😀', '\u212a'],
    ...[
      '.',
      '\\d',
      '\\w',
      '\\s',
      '\\D',
      '\\W',
      '\\S',
      '\\.',
      '\\x61',
      '\\x{1F600}',
      '\\Qa.\\E',
      '\\t',
      '\\141',
    ],
    ...[
      '[ab]',
      '[^a]',
      '[a-k]',
      '[\\w|-]',
      '[[:alpha:]]',
      '[[:^digit:]]',
      '[^[:space:]=]',
      '[]a]',
      '[^\\W_]',
      '[😀é-]',
    ],
  ],
  texts: [
    ...['a', 'b', 'k', 'S', '1', '.', '=', ':', ' ', '_', '-', 'é', '\u212a', '\u017f', '😀', '\t'],
    ...['a=1', 'ab', 'k=S', ' = ', 'aaa'],
  ],
};

/** So few characters that all parts of a filter meet the same text. */
export const narrow: Alphabet = {
  atoms: ['a', 'a', 'b', '=', '[ab]', '.', '\\w', '\\s', '[^a]'],
  texts: ['a', 'b', '=', ' '],
};

const PLACES = ['^', '$', '\\b', '\\B', '\\A', '\\z'];
const TIMES = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,3}?', '{2,}', '{0}', '{1}'];
const OPENINGS = ['(', '(?:', '(?i:', '(?U:', '(?s-i:', '(?i)(?:'];

/** Sources of filters, most of them with two groups for a name and a value; RE2 refuses a few. */
export function generateFilters({ atoms }: Alphabet): fc.Arbitrary<string> {
  return fc
    .letrec<{ atom: string; piece: string; sequence: string; choice: string }>((tie) => ({
      atom: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 8, arbitrary: fc.constantFrom(...atoms) },
        { weight: 1, arbitrary: fc.constantFrom(...PLACES) },
        {
          weight: 3,
          arbitrary: fc
            .tuple(fc.constantFrom(...OPENINGS), tie('choice'))
            .map((parts) => `${parts.join('')})`),
        },
      ),
      piece: fc.oneof(
        { weight: 3, arbitrary: tie('atom') },
        {
          weight: 2,
          arbitrary: fc.tuple(tie('atom'), fc.constantFrom(...TIMES)).map((parts) => parts.join('')),
        },
      ),
      sequence: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
      choice: fc.oneof(
        { weight: 3, arbitrary: tie('sequence') },
        {
          weight: 1,
          arbitrary: fc.array(tie('sequence'), { minLength: 2, maxLength: 3 }).map((all) => all.join('|')),
        },
      ),
    }))
    .choice.chain((choice) =>
      fc.oneof(
        fc.constant(choice),
        fc.constantFrom('(', '(?i)(').map((opening) => `${opening}${choice})=(.+)`),
        fc.constant(`(\\w+)(${choice})`),
        fc.constant(`(?:(${choice})|(\\w))\\s*=`),
      ),
    );
}

/** Lines of the same characters. */
export function generateLines({ texts }: Alphabet): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...texts), { maxLength: 14 }).map((parts) => parts.join(''));
}
