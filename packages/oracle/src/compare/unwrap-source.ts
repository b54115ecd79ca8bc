const CLIENT = /(?<![\w.])_katib_push(?:_\d+)?/;
const PRELUDE = new RegExp(`${CLIENT.source}\\s*=\\s*lambda f(?:,\\s*\\*_)?:\\s*f\\s*;\\s*exec\\(`);
/** Of JavaScript: `function _katib_push(f){return f}void(()=>{…})();` */
const JS_PRELUDE = new RegExp(
  `function ${CLIENT.source}\\(f\\)\\{return f\\}void\\(\\(\\)=>\\{.*?\\}catch\\{\\}\\}\\)\\(\\);`,
);
const CALL = new RegExp(`${CLIENT.source}\\(`);

/**
 * A line of rewritten source as it was before: `_katib_push(print)("x")` becomes `print("x")`, and the prelude goes.
 * A line without the client's name comes back as it is.
 */
export function unwrapSource(line: string): string {
  let text = withoutPrelude(line);
  for (let match = CALL.exec(text); match; match = CALL.exec(text)) {
    const open = match.index + match[0].length;
    const close = closingParenthesis(text, open);
    if (close === undefined) return text;
    const callee = text.slice(open, close).replace(/,\s*1$/, ''); // `,1` where the callee is kept for later
    const before = text.slice(0, match.index);
    // { log:_katib_push(log,1) } was { log }
    const from = new RegExp(`(?<![\\w$.])${callee.replace(/[^\w]/g, '\\$&')}:$`).exec(before)?.index;
    text = before.slice(0, from) + callee + text.slice(close + 1);
  }
  return text;
}

/** Whether a line of rewritten source was the other one before. */
export function isRewriteOf(line: string, original: string): boolean {
  if (!mentionsClient(line)) return false;
  // where a directive has no semicolon, the prelude brings one
  return [line, line.replace(new RegExp(`;${JS_PRELUDE.source}`), '')].some(
    (each) => unwrapSource(each) === original,
  );
}

/** Whether the line holds the client's name. */
function mentionsClient(line: string): boolean {
  return CLIENT.test(line);
}

/** The prelude stands in front of a statement (`prelude; import os`) or behind one (`"""doc"""; prelude`). */
function withoutPrelude(line: string): string {
  const match = PRELUDE.exec(line);
  if (!match) return line.replace(JS_PRELUDE, '');
  const close = closingParenthesis(line, match.index + match[0].length);
  if (close === undefined) return line;
  const before = line.slice(0, match.index);
  const after = line.slice(close + 1);
  return /^\s*;/.test(after)
    ? before + after.replace(/^\s*;\s*/, '')
    : before.replace(/\s*;\s*$/, '') + after;
}

/** The position of the `)` that closes what is open at `from`; parentheses in strings don't count. */
function closingParenthesis(text: string, from: number): number | undefined {
  const tokens = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()]/g;
  tokens.lastIndex = from;
  let depth = 1;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (token[0] === '(') depth++;
    if (token[0] === ')' && --depth === 0) return token.index;
  }
  return undefined;
}
