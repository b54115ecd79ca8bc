import type { Page } from '../../site/src/page.ts';

/** A command of a document, with what it is said to print. */
export interface Sample {
  readonly source: string;
  /** The words after `katib-push`. */
  readonly words: readonly string[];
  /** Lines; none where the document shows none. */
  readonly output: readonly string[];
}

/** The calls of `katib-push` in blocks of code, fenced or indented, that show a prompt. */
export function readSamples({ source = '', text }: Page): readonly Sample[] {
  return blocksOf(text).flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .flatMap((part) => {
        const [command = '', ...output] = part.trimEnd().split('\n');
        const shown = /\| *(?:[\w-]+ )*katib-push/.test(command) ? [] : output; // what is fed to it is not known
        return callsOf(command).map((words) => ({ source, words, output: shown }));
      }),
  );
}

function blocksOf(text: string): readonly string[] {
  const fenced = [...text.matchAll(/^( *)```console\n([\s\S]*?)^ *```$/gm)].map(
    ([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
  const indented = [...text.matchAll(/^(?: {4}.*\n|\n(?= {4}))+/gm)].map(([block]) =>
    block.replaceAll(/^ {4}/gm, ''),
  );
  return [...fenced, ...indented];
}

/** The words of each call of `katib-push` in a line of shell: by pnpm or npx, in a pipe, in front of a comment. */
function callsOf(command: string): readonly (readonly string[])[] {
  return command
    .replace(/\s#.*$/, '')
    .split(/\||&&|&(?=\s|$)/)
    .flatMap((part) => {
      const [, words] = /^\s*(?:pnpm (?:--silent )?|npx )?katib-push((?:\s.*)?)$/.exec(part) ?? [];
      return words === undefined
        ? []
        : [
            words
              .trim()
              .split(/\s+/)
              .filter((word) => word !== ''),
          ];
    });
}
