import { createRequire } from 'node:module';
import { loadedOnce } from '@katib-push/core';
import { Language, Parser } from 'web-tree-sitter';

/**
 * The parser with tree-sitter's Python grammar, loaded once per process on the first call.
 * One parser serves all texts: it keeps no state between parses, and memory stays flat.
 *
 * @throws (rejects) if the grammar's `.wasm` can't be read; the next call tries again
 */
export const loadParser = loadedOnce(async () => {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const grammar = await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm'));
  return new Parser().setLanguage(grammar);
});
