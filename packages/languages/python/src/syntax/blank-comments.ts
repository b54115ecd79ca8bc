import { countWhile, type Range } from '@katib-push/core';

/** A text as the parser is given it. */
export interface Source {
  /** As long as the script's text, and the same but for the comments. */
  readonly text: string;
  /** Comments that are blanks in it; ascending. */
  readonly comments: readonly Range[];
}

/** So many comments of a run stay: what people write is parsed as it stands, and costs no more than code. */
const SHORT = 16;

const WHOLE_LINE = /^\uFEFF?[ \t\f]*#/gm;
const GAP = /[ \t\f\r\n]*/y;
const TOKEN = /#[^\n]*|"""|'''|["']/g;
const END: Readonly<Record<string, RegExp>> = {
  '"""': /\\[\s\S]|"""/g,
  "'''": /\\[\s\S]|'''/g,
  '"': /\\\r?[\s\S]|["\n]/g,
  "'": /\\\r?[\s\S]|['\n]/g,
};

/**
 * Blanks long runs of whole-line comments. At each comment behind a statement, the grammar's scanner looks for the line
 * with the next code from there: 16 000 comments take it a minute. Runs of blank lines it takes at once.
 *
 *     # a      # a      the first ones of a run stay
 *     # b
 *       # c
 *     x = 1    x = 1
 */
export function blankComments(text: string): Source {
  const comments: Range[] = [];
  if ((text.match(WHOLE_LINE)?.length ?? 0) <= SHORT) return { text, comments };
  let run: Range[] = [];
  const close = () => {
    for (const comment of run.length > SHORT ? run.slice(SHORT) : []) comments.push(comment);
    run = [];
  };
  for (const comment of findComments(text)) {
    if (run.length > 0 && !isGap(text, (run.at(-1) as Range).to, comment.from)) close();
    if (run.length > 0 || startsLine(text, comment.from)) run.push(comment);
  }
  close();
  return comments.length === 0 ? { text, comments } : { text: withBlanks(text, comments), comments };
}

/** The comment that is blank at a position. */
export function blankedAt(comments: readonly Range[], at: number): Range | undefined {
  const found = comments[countWhile(comments, ({ to }) => to <= at)];
  return found && found.from <= at ? found : undefined;
}

/** Comments with their `#`, without the line's end. A string is left where it ends, or its line if it has but one. */
function* findComments(text: string): Iterable<Range> {
  const tokens = new RegExp(TOKEN);
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    const [found] = token;
    const to = token.index + found.length;
    if (found in END) tokens.lastIndex = endOfString(text, to, found);
    else yield { from: token.index, to: found.endsWith('\r') ? to - 1 : to };
  }
}

/**
 * Where a string ends, behind its quotes; one that is closed by the line's end alone, behind that.
 *
 * @param from behind the opening quotes
 * @param quotes one or three
 */
export function endOfString(text: string, from: number, quotes: string): number {
  const end = END[quotes] as RegExp;
  end.lastIndex = from;
  for (let at = end.exec(text); at; at = end.exec(text)) if (!at[0].startsWith('\\')) return end.lastIndex;
  return text.length;
}

function isGap(text: string, from: number, to: number): boolean {
  GAP.lastIndex = from;
  return GAP.test(text) && GAP.lastIndex === to;
}

function startsLine(text: string, at: number): boolean {
  return /^\uFEFF?[ \t\f]*$/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
}

function withBlanks(text: string, comments: readonly Range[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to } of comments) {
    pieces.push(text.slice(at, from), ' '.repeat(to - from));
    at = to;
  }
  return pieces.join('') + text.slice(at);
}
