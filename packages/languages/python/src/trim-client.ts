const REGION = /^# region package\n[\s\S]*?^# endregion\n/gm;
const DOCSTRING = /^( +)r?"""(?:[^"]|"(?!""))*"""\n/gm;
const COMMENT = /^ *#.*\n/gm;
const STRING = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`;
/** Two blanks, `#` and a blank, behind code in which every string is closed. */
const TRAILING_COMMENT = new RegExp(String.raw`^((?:[^'"\n#]|${STRING})*?) {2}# .*$`, 'gm');
/** Code between strings. */
const CODE = new RegExp(`(${STRING})|[^'"]+`, 'g');
/** A header, and a block below it that is one simple statement on one line. */
const SHORT_BLOCK =
  /^( *)((?:if|elif|else|for|while|try|except|finally|def|class)\b.*:)\n\1 (?!if|for|while|try|with|def|class|@)(\S.*[^,([{\\])\n(?!\1 )/gm;

/**
 * The Python client as it is injected: the file of the repository without what only its readers and the package need,
 * because a copy of it lies in every trial's Job and Pod. In this order:
 *
 * - regions between the lines `# region package` and `# endregion` go;
 * - docstrings but the module's, comments and blank lines go;
 * - a level of indentation is one blank, not four;
 * - a block of one simple statement stands behind its header;
 * - `self` is `me`, `0.5` is `.5`, and there is no blank behind a comma, around an operator, or between a word and a
 *   bracket or quote.
 *
 * The result is the same program (the tests compare the syntax trees), and can still be read. The file holds no string
 * of several lines but docstrings.
 */
export function trimClient(source: string): string {
  const [head = '', ...rest] = source.replace(REGION, '').split('\n');
  const lines = rest
    .join('\n')
    .replace(DOCSTRING, '')
    .replace(COMMENT, '')
    .replace(TRAILING_COMMENT, '$1')
    .replace(/^( {4})+/gm, (blanks) => ' '.repeat(blanks.length / 4))
    .replace(/\n{2,}/g, '\n')
    .replace(SHORT_BLOCK, '$1$2 $3\n');
  const text = lines.replace(CODE, (part, string) => string ?? tighten(part));
  return `${head}\n${text.replace(/^\n/, '')}`;
}

function tighten(code: string): string {
  return code
    .replace(/\bself\b/g, 'me')
    .replace(/(?<![\w.])0\.(?=\d)/g, '.')
    .replace(/([,:]) (?=\S|$)/g, '$1')
    .replace(/ ([-+*%|&/<>=!]+) /g, '$1')
    .replace(/(^|[)\]}]) (?=(?:if|else|for|in|is|and|or|not)\b)/g, '$1')
    .replace(/\b(if|elif|else|in|and|or|not|return|while) (?=[([{]|$)/g, '$1');
}
