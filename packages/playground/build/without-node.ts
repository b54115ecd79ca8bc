import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

const page = join(import.meta.dirname, '..');
const packages = join(page, '..');

/** What the packages take from Node, and `src/node` has for the page. Anything else fails the build. */
const substitutes = ['crypto', 'fs', 'fs/promises', 'module', 'util'];

/** Lets modules that read files on Node run in the page. */
export function withoutNode(): Plugin {
  const nothing = '\0nothing';
  return {
    name: 'without-node',
    enforce: 'pre',
    resolveId(id, importer = '') {
      const name = /^(?:node:(.+)|fs\/promises|module)$/.exec(id);
      if (!name) return;
      // it looks for Node before it imports anything of it
      if (importer.includes('/web-tree-sitter/')) return nothing;
      if (substitutes.includes(name[1] ?? '')) return join(page, `src/node/${name[1]}.ts`);
      throw new Error(`${relative(packages, importer)} imports ${id}, which the page has no substitute for`);
    },
    load: (id) => (id === nothing ? 'export default {}' : undefined),
    // a module's URL stays the one in the repository: `src/node/fs.ts` finds files by it
    transform(code, id) {
      const path = relative(packages, id);
      if (path.startsWith('..') || path.includes('node_modules') || path.startsWith('playground')) return;
      const url = `file:///${path.split(sep).join('/')}`;
      return { code: code.replaceAll('import.meta.url', JSON.stringify(url)), map: null };
    },
  };
}
