import { createRequire } from 'node:module';
import { loadedOnce } from '@katib-push/core';
import { Language, Parser } from 'web-tree-sitter';
import { loadRuff, type RefuseText } from './problems/ruff.ts';

/** What reads Python. */
export interface Grammar {
  /** With tree-sitter's grammar. One parser serves all texts: it keeps no state between parses, and memory stays flat. */
  readonly parser: Parser;
  /** Tells what that grammar takes, and Python doesn't. */
  readonly refuse: RefuseText;
}

/**
 * Loaded once per process on the first call.
 *
 * @throws (rejects) if one of the two `.wasm` can't be read; the next call tries again
 */
export const loadGrammar = loadedOnce(async (): Promise<Grammar> => {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const language = await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm'));
  return { parser: new Parser().setLanguage(language), refuse: await loadRuff() };
});
