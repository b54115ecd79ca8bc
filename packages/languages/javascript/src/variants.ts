import type { Language, OutputStatement, ParseOptions, SyntaxDocument } from '@katib-push/core';
import { parseScript } from './document.ts';
import { sourceTypeOf } from './source-type.ts';
import { comments } from './statements/suppressions.ts';

const EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.jsx', '.tsx'] as const;

/** What all variants of the language share. */
export const base = { name: 'javascript', extensions: EXTENSIONS, comments, interpreters: [] } as const;

/** The language where no statement can be rewritten. @param reason why, for people */
export function reportOnly(reason: string): Language {
  const cannot = (statement: OutputStatement): OutputStatement => ({ ...statement, cannot: reason });
  const parse = (text: string, options: ParseOptions): SyntaxDocument => {
    const document = parseScript(text, options.opaque, { sourceType: sourceTypeOf(options) });
    return { ...document, statements: () => document.statements().map(cannot) };
  };
  return { ...base, parse };
}
