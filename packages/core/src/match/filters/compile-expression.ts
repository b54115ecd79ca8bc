import { RE2JS } from 're2js';

/** Escapes, quotations and classes, in which a parenthesis opens nothing; and the opening of a named group. */
const SKIPPED = String.raw`\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\^?[a-z]+:\]|[^\]\\])*\]`;
const NAMED_GROUP = String.raw`\(\?P?<\w+>`;
const PIECES = new RegExp(`${SKIPPED}|(${NAMED_GROUP})`, 'g');

/**
 * Compiles one of Katib's metric filters as Go does. Go takes two groups with one name, re2js does not: in such a filter
 * the groups lose their names, which nothing here asks for.
 *
 * @throws Error of re2js, with the reason, where Go refuses the filter, too.
 */
export function compileExpression(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('duplicate capture group name'))) throw error;
    const unnamed = source.replace(PIECES, (piece, opening?: string) =>
      opening === undefined ? piece : '(',
    );
    return RE2JS.compile(unnamed);
  }
}
