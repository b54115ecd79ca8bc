import type { Prelude, PreludeOptions } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { preludeText } from './prelude-text.ts';

/**
 * Where the client's name is bound, always on a line that there is already:
 *
 *     "use strict"; function _katib_push…        behind the directives
 *     import fs from "fs"; function _katib_push… behind the imports that the text begins with: they run earlier anyway
 *     function _katib_push…                      on a blank line in front of the first statement
 *     function _katib_push… const x = 1          in front of the first statement
 */
export function placePrelude(script: Script, options: PreludeOptions): Prelude {
  const text = preludeText(script, options);
  const { root } = script;
  const directives = root.list('directives');
  const statements = root.list('body');
  const [first] = statements;
  const lastDirective = directives.at(-1);
  if (lastDirective) return behind(script, lastDirective, text, 'behind the directives');
  if (!first) return { impossible: 'the text holds no statement' };
  const blank = blankLine(script, first.from);
  if (blank !== undefined) return insertion(blank, text, 'on a blank line');
  const imports = leadingImports(statements);
  const lastImport = imports.at(-1);
  if (lastImport && lastImport.to <= options.firstUse)
    return behind(script, lastImport, text, 'behind the first imports');
  return insertion(first.from, text, 'in front of the first statement');
}

function behind(script: Script, { to }: Syntax, text: string, where: string): Prelude {
  const separator = script.text[to - 1] === ';' ? '' : ';';
  return insertion(to, separator + text, where);
}

function leadingImports(statements: readonly Syntax[]): readonly Syntax[] {
  const end = statements.findIndex(({ type }) => type !== 'ImportDeclaration');
  return end < 0 ? statements : statements.slice(0, end);
}

/** A blank line between the comments in front of the first statement, or above them. */
function blankLine(script: Script, first: number): number | undefined {
  const { starts } = script.lines();
  for (const [row, from] of starts.entries()) {
    const to = starts[row + 1];
    if (to === undefined || to > first) return undefined;
    const isBlank =
      script.text
        .slice(from, to)
        .replace(/^\uFEFF/, '')
        .trim() === '';
    const inComment = script.comments.some((comment) => comment.from < from && from < comment.to);
    if (isBlank && !inComment) return script.text.charCodeAt(from) === 0xfeff ? from + 1 : from;
  }
  return undefined;
}

function insertion(at: number, insert: string, where: string): Prelude {
  const edit = { from: at, to: at, insert, reason: `binds the client ${where}` } as const;
  return { edit, addsLine: false };
}
