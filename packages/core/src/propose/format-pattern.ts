import { ESCAPE, HOLE, WORD } from './masked-line.ts';

/** A value that Katib can read as a number; unlike that of Katib's default filter it is never empty. */
export const VALUE = String.raw`([+-]?(\d+(\.\d+)?|\.\d+)([Ee][+-]?\d+)?)`;
/** What may stand around a value whose text is not known: `tensor(0.5)`, `[0.5]`. */
export const WRAPPER = String.raw`(?:[\w.]*[(\[]+\s*)?`;
/** Any name that Katib's default filter can read. */
export const ANY_NAME = String.raw`([\w|-]+)`;
const ESCAPE_PATTERN = String.raw`\x1b\[[\d\x3b]*[A-Za-z]`;

/** A text as an RE2 expression that matches it. Katib splits filters at ";", so that is written otherwise. */
export function literalPattern(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    .replace(
      /[;\u0000-\u001f\u007f]/g,
      (char) => String.raw`\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}

/**
 * Masked text as an RE2 expression: blanks may be wider than they are written, and holes are any text up to what
 * follows them.
 *
 *     ` of ▯ on epoch ▯: `  →  `\s+of\s+\S+\s+on\s+epoch\s+[^:]*:\s*`
 */
export function maskedPattern(text: string): string {
  const tokens = text.match(/\s+|[\ue000\ue001]|\ue002+|[^\s\ue000-\ue002]+/gu) ?? [];
  return tokens
    .map((token, index) => {
      const before = tokens[index - 1];
      const after = tokens[index + 1];
      if (/^\s/.test(token)) return endsWord(before) && beginsWord(after) ? String.raw`\s+` : String.raw`\s*`;
      if (token === HOLE || token === WORD) {
        const next = after?.[0];
        if (next && /[^\s\p{L}\p{N}_\ue000-\ue002]/u.test(next)) return `[^${classPattern(next)}]*`;
        return before && /^\s/.test(before) ? String.raw`\S+` : String.raw`\s*\S+`;
      }
      if (token.startsWith(ESCAPE)) return ESCAPE_PATTERN.repeat(token.length);
      return literalPattern(token);
    })
    .join('');
}

/** Whether blanks behind it are needed to tell it from what follows. At the text's edge stands a name or a value. */
function endsWord(token: string | undefined): boolean {
  return token === undefined || /[\p{L}\p{N}_\ue000\ue001]$/u.test(token);
}

function beginsWord(token: string | undefined): boolean {
  return token === undefined || /^[\p{L}\p{N}_\ue000\ue001]/u.test(token);
}

function classPattern(char: string): string {
  if (char === ';') return String.raw`\x3b`;
  return /[\\\]^-]/.test(char) ? `\\${char}` : char;
}
