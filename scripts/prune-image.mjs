// Takes out of an assembled application what no program of it loads: sources, types, source maps, documents, and the native
// builds and C sources that packages with a .wasm bring besides. `node scripts/prune-image.mjs FOLDER`; prints what went.
import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/** What may be loaded, and what licences ask to be kept. */
const kept = ['.js', '.cjs', '.mjs', '.json', '.wasm', '.py'];
const licence = /^(?:licen[cs]e|notice|copying)/i;
/** What stands in a package beside its code; and builds for debugging. */
const beside = /^(?:@[^/]+\/)?[^/]+\/(?:tests?|__tests__|benchmarks?|examples?|debug)\//;

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('prune-image: give the folder of the application');
  process.exit(2);
}
let files = 0;
let bytes = 0;
prune(folder, '');
console.log(`${files} files with ${(bytes / 1048576).toFixed(1)} MB taken out of ${folder}`);

/** Prunes a folder, and removes it where nothing is left. Links stay: pnpm's point into what is pruned itself. */
function prune(path, within) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    const name = entry.name === 'node_modules' ? '' : join(within, entry.name);
    if (entry.isDirectory()) prune(inner, name);
    else if (entry.isFile() && !isKept(name)) {
      files++;
      bytes += statSync(inner).size;
      rmSync(inner);
    }
  }
  if (readdirSync(path).length === 0) rmdirSync(path);
}

function isKept(name) {
  if (beside.test(name)) return false;
  return licence.test(basename(name)) || kept.includes(extname(name));
}
