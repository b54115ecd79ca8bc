import { Lexer } from 'yaml';

/** Deeper than any manifest; far from where parsing would exhaust the stack. */
const DEEPEST = 200;

/** The lexer's mark in front of a scalar's text. Its other marks stand for no text either. */
const SCALAR = '\x1f';
const MARKS = new Set([SCALAR, '\x02', '\x18']);

/** The offset at which a text nests deeper than 200 levels; undefined if it never does. Linear, without recursion. */
export function findDeepNesting(text: string): number | undefined {
  let offset = 0;
  let brackets = 0;
  let indicators = 0; // of block collections, on this line
  let before = '\n';
  for (const token of new Lexer().lex(text)) {
    if (!MARKS.has(token)) {
      if (before === SCALAR) {
        // Text: whatever it holds nests nothing.
      } else if (token === '[' || token === '{') brackets++;
      else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
      else if (token === '-' || token === '?' || token === ':') indicators++;
      else if (token[0] === ' ' && before.endsWith('\n') && token.length > 8 * DEEPEST) return offset;
      if (token.endsWith('\n')) indicators = 0;
      if (brackets > DEEPEST || (brackets === 0 && indicators > DEEPEST)) return offset;
      offset += token.length;
    }
    before = token;
  }
  return undefined;
}
