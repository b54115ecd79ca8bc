import type { Language } from '@katib-push/core';
import { parseScript } from './document.ts';
import { loadParser } from './grammar.ts';
import { comments } from './statements/suppressions.ts';

const EXITS = ['--version', '--help', '-h'];

/**
 * R as a language of katib-push. It has no push client: its output statements are reported, and nothing is rewritten.
 * Loads the grammar once per process.
 *
 * @throws (rejects) if the grammar can't be loaded
 */
export async function createR(): Promise<Language> {
  const parser = await loadParser();
  return {
    name: 'r',
    interpreters: [
      {
        command: /^Rscript$/,
        inlineFlag: '-e',
        inlineRepeats: true,
        flagsWithArgument: [],
        flagsThatExit: EXITS,
      },
      {
        command: /^R$/,
        inlineFlag: '-e',
        inlineRepeats: true,
        filesByEnding: true,
        flagsWithArgument: ['-g', '-d'],
        flagsThatExit: EXITS,
      },
    ],
    extensions: ['.R', '.r'],
    comments,
    parse: (text, { opaque }) => parseScript(parser, text, opaque),
  };
}
