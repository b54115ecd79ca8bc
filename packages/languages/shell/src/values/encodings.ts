import type { Encoding } from '@katib-push/core';

/** No argument and no variable of a shell holds a NUL. */
function make(name: string, encode: (text: string) => string | undefined): Encoding {
  return { name, encode: (text) => (text.includes('\0') ? undefined : encode(text)) };
}

/** Outside of quotes: inserted text brings its own. */
export const unquotedWord = make('unquoted', (text) =>
  text === '' ? '' : `'${text.replaceAll("'", "'\\''")}'`,
);

/** Between `'` and `'`: the quote is left for one escaped quote. */
export const singleQuoted = make('single-quoted', (text) => text.replaceAll("'", "'\\''"));

/** Between `"` and `"`. History expansion is off in a script, so `!` means itself. */
export const doubleQuoted = make('double-quoted', (text) => text.replace(/[\\$`"]/g, '\\$&'));

/**
 * Double-quoted, right behind `$name` or a lone `$`: the quotes are closed and opened where the name would go on.
 *
 *     "$x""abc"
 *        ^^
 */
export const doubleQuotedAfterName = make('double-quoted', (text) => {
  const written = text.replace(/[\\$`"]/g, '\\$&');
  return /^[\w[({'"]/.test(text) ? `""${written}` : written;
});

/** Between `$'` and `'`. */
export const ansiQuoted = make('$-quoted', (text) => text.replace(/[\\']/g, '\\$&'));

/** Between `$'` and `'`, next to an escape by number, which would take more digits: `\x4` and `a`. */
export const ansiQuotedAfterNumber = make('$-quoted', (text) => {
  const written = text.replace(/[\\']/g, '\\$&');
  return /^[\da-fA-F]/.test(text) ? `'$'${written}` : written;
});

/** Where nothing can be inserted: behind a lone `$` outside of quotes, inside what a command has put together. */
export const closed: Encoding = {
  name: 'closed',
  encode: (text) => (text === '' ? '' : undefined),
};

/** The encodings of one heredoc body. */
export interface HeredocEncodings {
  readonly text: Encoding;
  /** Right behind `$name`, where the name must not go on. */
  readonly afterName: Encoding;
  /** In front of a tab within a line, under `<<-`: it must not come to begin a line. */
  readonly beforeTab: Encoding;
}

/**
 * The body of a heredoc. Inserted text may not hold a line that ends it, and under `<<-` no line that begins with a tab.
 *
 * @param quoted whether the delimiter is quoted, in full or in part: nothing is expanded then
 * @param stripsTabs whether it is `<<-`
 */
export function heredocEncodings(delimiter: string, quoted: boolean, stripsTabs: boolean): HeredocEncodings {
  const name = `${quoted ? 'heredoc' : 'unquoted heredoc'} ${delimiter}`;
  const encode = (text: string): string | undefined => {
    if (stripsTabs && /(^|\n)\t/.test(text)) return undefined;
    if (text.includes(delimiter) && text.split('\n').slice(1, -1).includes(delimiter)) return undefined;
    return quoted ? text : text.replace(/[\\$`]/g, '\\$&');
  };
  return {
    text: make(name, encode),
    afterName: make(name, (text) => (/^[\w[({]/.test(text) ? undefined : encode(text))),
    beforeTab: make(name, (text) => (/^[\w[({]|\n$/.test(text) ? undefined : encode(text))),
  };
}
