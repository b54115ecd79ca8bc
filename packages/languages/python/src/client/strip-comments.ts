import { type Token, tokenize } from './tokenize.ts';

/** A logical line: its tokens, from the blank in front of it to its end. */
type Statement = readonly Token[];

/**
 * A Python text without comments and docstrings, and otherwise as it stands: the same program. A line that held nothing
 * else is gone; where a docstring was all of a body, `pass` stands in its place.
 *
 * @param text valid Python
 */
export function stripComments(text: string): string {
  const removed: (readonly [from: number, to: number, instead: string])[] = [];
  let before: Statement | undefined;
  const tokens = tokenize(text);
  const statements = splitStatements(tokens);
  for (const [index, statement] of statements.entries()) {
    const { from, to } = spanOf(statement);
    if (isText(statement) && (!before || beginsBody(text, statement, before))) {
      const isAll = before !== undefined && indentOf(text, statements[index + 1]) <= indentOf(text, before);
      if (isAll) removed.push([from, to, 'pass']);
      else removed.push([lineStart(text, from), lineEnd(text, to), '']);
    } else before = statement; // behind a docstring a text would become one
  }
  for (const { kind, from, to } of tokens) {
    if (kind !== 'comment') continue;
    const start = lineStart(text, from);
    const isAlone = text.slice(start, from).trim() === '';
    const code = text.slice(start, from).trimEnd();
    removed.push(isAlone ? [start, lineEnd(text, to), ''] : [start + code.length, to, '']);
  }
  removed.sort(([a], [b]) => a - b);
  let result = '';
  let at = 0;
  for (const [from, to, instead] of removed) {
    if (from < at) continue;
    result += text.slice(at, from) + instead;
    at = to;
  }
  return result + text.slice(at);
}

function splitStatements(tokens: readonly Token[]): readonly Statement[] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'code' || token.kind === 'string') statements.at(-1)?.push(token);
    if (token.kind === 'end') statements.push([]);
  }
  return statements.filter((statement) => statement.length > 0);
}

function spanOf(statement: Statement): { readonly from: number; readonly to: number } {
  return { from: statement[0]?.from ?? 0, to: statement.at(-1)?.to ?? 0 };
}

function isText(statement: Statement): boolean {
  return statement.every(({ kind }) => kind === 'string');
}

/** Whether it stands in the body below `def …:` or `class …:`. */
function beginsBody(text: string, statement: Statement, header: Statement): boolean {
  const { from, to } = spanOf(header);
  const opens = /^(?:async\s+def|def|class)\b/.test(text.slice(from, to)) && text[to - 1] === ':';
  return opens && indentOf(text, statement) > indentOf(text, header);
}

/** Columns in front of a statement; −1 for none. */
function indentOf(text: string, statement: Statement | undefined): number {
  if (!statement) return -1;
  const { from } = spanOf(statement);
  return from - lineStart(text, from);
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The beginning of the next line. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
