import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

export interface SpareLine {
  /** Where the line starts. */
  readonly at: number;
  /** What stands there: nothing, a comment, or one that tools read and that may as well stand behind code. */
  readonly kind: 'blank' | 'comment' | 'directive';
}

/** Comments that mean something at their place. */
const FIXED = /^#(?:!|[ \t]*(?:katib-push|\/\/\/))/i;

/** Comments that tools read. */
const DIRECTIVE =
  /^#[ \t]*(?:type:|noqa|fmt:|isort:|yapf:|pylint:|mypy:|pyright:|ruff|flake8|bandit|nosec|pragma|-\*-|vim?:)/i;

/** https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations */
const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+/;

/** https://peps.python.org/pep-0723/ */
const INLINE_METADATA = /^\uFEFF?# \/\/\/ [a-zA-Z0-9-]+\r?$\s(?:^#(?:| .*)\r?$\s)+?^# \/\/\/\r?$/gm;

/**
 * The first blank line, or else the first comment line, or else the first directive, between two statements of the module
 * and before `firstUse`.
 */
export function findSpareLine(
  script: Script,
  statements: readonly Syntax[],
  firstUse: number,
): SpareLine | undefined {
  const { text } = script;
  const earliest = endOfCoding(script);
  const metadata = [...text.matchAll(INLINE_METADATA)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);
  let comment: SpareLine | undefined;
  let directive: SpareLine | undefined;
  let end = startOf(text);
  for (const statement of statements) {
    for (const line of wholeLines(text, end, statement.from)) {
      if (line.from < earliest) continue;
      if (line.content.trim() === '') return { at: line.from, kind: 'blank' };
      const inMetadata = metadata.some(
        ([from, to]) => (from as number) <= line.from && line.from < (to as number),
      );
      if (!line.content.startsWith('#') || FIXED.test(line.content) || inMetadata) continue;
      if (DIRECTIVE.test(line.content)) directive ??= { at: line.from, kind: 'directive' };
      else comment ??= { at: line.from, kind: 'comment' };
    }
    if (statement.to > firstUse) break;
    end = statement.to;
  }
  return comment ?? directive;
}

/** Where a text starts, behind a byte order mark. */
function startOf(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

/** The lines that lie as a whole between two positions, and don't continue the one before. */
function* wholeLines(text: string, from: number, to: number): Iterable<{ from: number; content: string }> {
  const pieces = text.slice(from, to).split('\n');
  let at = from;
  for (const [index, content] of pieces.entries()) {
    // a statement may end in front of `from`, unless that is where the text starts
    const startsLine = index > 0 ? !/\\\r?$/.test(pieces[index - 1] as string) : from === startOf(text);
    if (startsLine && index < pieces.length - 1) yield { from: at, content };
    at += content.length + 1;
  }
}

/** Where the line that declares the encoding ends; 0 if none does. Python looks for it in the first two lines. */
function endOfCoding(script: Script): number {
  const { starts } = script.lines();
  for (const row of [1, 0]) {
    const from = starts[row];
    const to = starts[row + 1] ?? script.text.length;
    if (from !== undefined && CODING.test(script.text.slice(from, to).replace(/^\uFEFF/, ''))) return to;
  }
  return 0;
}

/** The newline that a text uses. */
export function newlineOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}
