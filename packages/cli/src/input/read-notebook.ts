import { valueAt } from '@katib-push/katib/json-pointer';
import { CommandFailure, problem } from '../problems/problem.ts';
import type { SourceFile } from './read-sources.ts';

/** A notebook as one script. */
export interface Notebook {
  /** Its code cells, each behind a line `# %% cell 3`; what only a notebook runs (`%magic`, `!command`) is a comment. */
  readonly text: string;
  /** The language of its kernel, lower-case; absent where it doesn't say. */
  readonly language?: string;
  /** `cell 3, line 2` of a 1-based line of the text. */
  readonly placeOf: (line: number) => string;
}

/** Reads a Jupyter notebook (`.ipynb`, format 4). Throws a CommandFailure where it is none. */
export function readNotebook({ name, text }: SourceFile): Notebook {
  const cells = cellsOf(parse(name, text), name);
  const lines: string[] = [];
  const starts: { readonly line: number; readonly cell: number }[] = [];
  for (const [index, source] of cells) {
    lines.push(`# %% cell ${index}`);
    starts.push({ line: lines.length, cell: index });
    lines.push(
      ...(source.startsWith('%%') ? source.split('\n').map(comment) : source.split('\n').map(plainLine)),
    );
  }
  const language = valueAt(parse(name, text), ['metadata', 'kernelspec', 'language']);
  return {
    text: `${lines.join('\n')}\n`,
    ...(typeof language === 'string' ? { language: language.toLowerCase() } : {}),
    placeOf: (line) => {
      const start = starts.findLast((each) => each.line < line) ?? starts[0];
      return start ? `cell ${start.cell}, line ${Math.max(1, line - start.line)}` : `line ${line}`;
    },
  };
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notNotebook(name, 'it is no JSON');
  }
}

/** Code cells with their 1-based numbers among all cells. */
function cellsOf(value: unknown, name: string): readonly (readonly [index: number, source: string])[] {
  const cells = valueAt(value, ['cells']);
  if (!Array.isArray(cells)) throw notNotebook(name, 'it has no cells');
  return cells.flatMap((cell: unknown, index) => {
    if (valueAt(cell, ['cell_type']) !== 'code') return [];
    const source = valueAt(cell, ['source']);
    const text = Array.isArray(source) ? source.join('') : source;
    if (typeof text !== 'string') throw notNotebook(name, `cell ${index + 1} has no source`);
    return [[index + 1, text.replace(/\n$/, '')] as const];
  });
}

/** A line that only IPython understands becomes a comment; its indentation stays, with `pass` for what it stood for. */
function plainLine(line: string): string {
  const match = /^(\s*)([%!?].*|[\w.]+\?{1,2})$/.exec(line);
  if (!match) return line;
  const [, indent = '', command = ''] = match;
  return indent === '' ? comment(line) : `${indent}pass  # ${command}`;
}

function comment(line: string): string {
  return `# ${line}`;
}

function notNotebook(name: string, reason: string): CommandFailure {
  return new CommandFailure([
    problem('not-text', `${name} is no notebook: ${reason}.`, {
      file: name,
      hint: 'Give a notebook of format 4.',
    }),
  ]);
}
