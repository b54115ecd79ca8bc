import type { SyntaxProblem } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** Lines that surely go on: the one behind them may be indented in any way. */
const GOES_ON = /^[^#]*[([{,\\][ \t]*\r?$/;
const OPENS_BLOCK = /:[ \t]*(?:#.*)?\r?$/;

/**
 * Indentation that Python refuses and the grammar takes. Follows the lines' indentation, and asks the tree whether a
 * statement begins where it looks wrong: continued lines and strings may be indented as they like.
 *
 *     if x:
 *         print(1)
 *       print(2)
 *       ^ no outer level begins here
 */
export function findIndentationProblem(script: Script): SyntaxProblem | undefined {
  const levels = [0];
  let previous: { readonly from: number; readonly to: number; readonly column: number } | undefined;
  for (const line of codeLines(script)) {
    const level = levels.at(-1) as number;
    const before = previous && script.text.slice(previous.from, previous.to);
    previous = line;
    const opened = before !== undefined && line.column !== level ? OPENS_BLOCK.test(before) : undefined;
    if (line.column > level) {
      const expected = opened || (before !== undefined && GOES_ON.test(before));
      if (!expected && isOutOfPlace(script, line.from)) return problemAt(line.from, 'unexpected indent');
      if (opened || !expected) levels.push(line.column);
      continue;
    }
    if (
      before !== undefined &&
      (opened ?? OPENS_BLOCK.test(before)) &&
      opensEmptyBlock(script, line.from, before)
    )
      return problemAt(line.from, 'an indented block is expected here');
    if (line.column === level) continue;
    while ((levels.at(-1) as number) > line.column) levels.pop();
    if (levels.at(-1) === line.column) continue;
    if (isOutOfPlace(script, line.from))
      return problemAt(
        line.from,
        'this line is indented less than the one before, but like no block around it',
      );
    levels.push(level);
  }
  return previous && findOpenEnd(script, previous);
}

/** A text that ends where something has to follow: a block, or the rest of a line. */
function findOpenEnd(
  script: Script,
  last: { readonly from: number; readonly to: number },
): SyntaxProblem | undefined {
  const line = script.text.slice(last.from, last.to).trimEnd();
  const end = last.from + line.length - 1;
  if (line.endsWith('\\') && /^(?:line_continuation|module)$/.test(script.root.at(end).type))
    return problemAt(end, 'the text ends in the middle of a line');
  const opens = OPENS_BLOCK.exec(line);
  const colon = opens && script.root.at(last.from + opens.index);
  if (colon?.type !== ':' || !/_(?:statement|clause|definition)$/.test(colon.parent?.type ?? ''))
    return undefined;
  return problemAt(colon.from, 'an indented block is expected here');
}

function problemAt(at: number, message: string): SyntaxProblem {
  return { code: 'syntax-error', message, range: { from: at, to: at + 1 } };
}

/** Lines with code, or what looks like it: where the code begins, and in which column (a tab goes to the next eighth). */
function* codeLines({ text, lines }: Script): Iterable<{ from: number; to: number; column: number }> {
  const { starts } = lines();
  for (let row = 0; row < starts.length; row++) {
    const to = (starts[row + 1] ?? text.length + 1) - 1;
    let column = 0;
    let from = starts[row] as number;
    for (; from < to; from++) {
      const char = text.charCodeAt(from);
      if (char === 32) column++;
      else if (char === 9) column += 8 - (column % 8);
      else if (char === 12) column = 0;
      else if (char !== 0xfeff) break;
    }
    const first = text.charCodeAt(from);
    if (from < to && first !== 35 && first !== 13) yield { from, to, column };
  }
}

const CLAUSE = /^(?:else|elif|except|except_group|finally|case)_clause$/;
const BLOCK = /^(?:block|module)$/;

/**
 * Whether a statement begins here at another column than the first one of its block, or a clause at another column
 * than its statement. The levels above are a guess: this decides.
 */
function isOutOfPlace(script: Script, at: number): boolean {
  let node: Syntax = script.root.at(at);
  if (node.from !== at) return false;
  while (node.parent && node.parent.from === at && !BLOCK.test(node.parent.type)) node = node.parent;
  const { parent } = node;
  if (!parent || node.type === 'comment') return false;
  if (CLAUSE.test(node.type)) return columnAt(script, parent.from) !== columnAt(script, at);
  if (!BLOCK.test(parent.type)) return false;
  const [first] = parent.parts;
  if (parent.type === 'module' && first === node) return columnAt(script, at) > 0;
  return first !== undefined && columnAt(script, first.from) !== columnAt(script, at);
}

/** The column of the line that holds a position: where its code begins. */
function columnAt({ text }: Script, at: number): number {
  let column = 0;
  for (let from = text.lastIndexOf('\n', at - 1) + 1; from < at; from++) {
    const char = text.charCodeAt(from);
    if (char === 32) column++;
    else if (char === 9) column += 8 - (column % 8);
    else if (char === 12) column = 0;
    else if (char !== 0xfeff) break;
  }
  return column;
}

/** Whether the colon that ends the line before `at` belongs to a statement without a body. */
function opensEmptyBlock(script: Script, at: number, before: string): boolean {
  const line = script.text.lastIndexOf(before, at - 1);
  const colon = script.root.at(line + before.search(OPENS_BLOCK));
  if (colon.type !== ':' || !/_(?:statement|clause|definition)$/.test(colon.parent?.type ?? '')) return false;
  const body = colon.parent?.children.find(({ type }) => type === 'block');
  return body === undefined || body.from === body.to;
}
