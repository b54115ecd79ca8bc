import { Lexer } from 'yaml';

/** Deeper than any manifest; far from where parsing would exhaust the stack. */
const DEEPEST = 200;

/** The offset at which a text nests deeper than 200 levels; undefined if it never does. Linear, without recursion. */
export function findDeepNesting(text: string): number | undefined {
  let offset = 0;
  let flow = 0;
  let line = 0;
  let lineStart = true;
  for (const token of new Lexer().lex(text)) {
    if (token === '\x02' || token === '\x1f' || token === '\x18') continue;
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (token === '-' || token === '?' || token === ':') line++;
    else if (lineStart && token[0] === ' ' && flow === 0 && token.length > 8 * DEEPEST) return offset;
    lineStart = token.endsWith('\n');
    if (lineStart) line = 0;
    if (flow > DEEPEST || (flow === 0 && line > DEEPEST)) return offset;
    offset += token.length;
  }
  return undefined;
}
