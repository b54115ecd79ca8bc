import r from '@davisvaughan/tree-sitter-r/tree-sitter-r.wasm?url';
import ruff from '@wasm-fmt/ruff_fmt/wasm?url';
import python from 'tree-sitter-python/tree-sitter-python.wasm?url';

/** The grammars of the languages: what a module asks for, and where the page has it. */
const grammars: Readonly<Record<string, string>> = {
  '@wasm-fmt/ruff_fmt/wasm': ruff,
  'tree-sitter-python/tree-sitter-python.wasm': python,
  '@davisvaughan/tree-sitter-r/tree-sitter-r.wasm': r,
};

/** `node:module` in the page: finds grammars. */
export function createRequire(): { readonly resolve: (specifier: string) => string } {
  return {
    resolve(specifier) {
      const url = grammars[specifier];
      if (url === undefined)
        throw new Error(`${specifier} is not in the page: name it in ${import.meta.url}`);
      return url;
    },
  };
}
