import type { Script } from '../syntax/script.ts';

/** `from "./x"`, `import "./x"`, `import("./x")`, `require("./x")`, `new Worker("./x")`, `fork("./x")` */
const LOADED =
  /\b(?:from|import|require|resolve|import\s*\(|(?:require(?:\.resolve)?|Worker|URL|fork|register)\s*\()\s*(["'`])((?:\.{0,2}\/)?[\w@.][\w@./-]*)\1/g;

const ENDINGS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.jsx', '.tsx'] as const;

/** Source files that a compiled file's name may stand for: TypeScript imports `./x.js` and means `./x.ts`. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};

/**
 * Files beside the script that it may load, relative to its folder: `./helper` → `helper.js`, `helper/index.js`, ….
 * Not all need exist: the caller knows which files there are.
 */
export function findModules(script: Script): readonly string[] {
  const files = new Set<string>();
  for (const { 0: match, 2: path = '' } of script.text.matchAll(LOADED)) {
    const isRelative = /^\.{1,2}\//.test(path);
    // a package's name, but for what takes a path from the working folder
    if (!isRelative && !/^(?:Worker|fork|URL)/.test(match)) continue;
    for (const file of candidates(path.replace(/^\.\//, ''))) files.add(file);
  }
  return [...files];
}

/** Node's own modules, which print nothing by themselves. */
const OWN =
  /^(?:node:)?(?:assert|async_hooks|buffer|cluster|console|crypto|dns|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|querystring|readline|stream|string_decoder|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(?:\/|$)/;

/** What shows a text that no output statement writes. */
export const ASIDES =
  /\b(?:throw|reject|emitWarning|WriteStream|question|prompt|assert|\w*Error)\b|\/dev\/(?:std|fd)|\/proc\//;

/** Whether a script may load anything but Node's own modules. */
export function loadsPackages({ text }: Script): boolean {
  const loads = text.match(/\bimport\b|\brequire\b|\beval\b|\bFunction[ \t]*\(/g) ?? [];
  const own = [...text.matchAll(/\b(?:import\b[^;"'`]*?|require\s*\(\s*)(["'`])([^"'`]+)\1/g)].filter(
    ([, , path = '']) => OWN.test(path),
  );
  return loads.length !== own.length;
}

/** The files that a path may mean, relative to the folder. */
export function candidates(path: string): readonly string[] {
  const ending = ENDINGS.find((each) => path.endsWith(each));
  if (ending) {
    const stem = path.slice(0, -ending.length);
    return [path, ...(SOURCES[ending] ?? []).map((source) => stem + source)];
  }
  const folder = path.endsWith('/') ? path : `${path}/`;
  const index = ENDINGS.map((each) => `${folder}index${each}`);
  return path.endsWith('/') ? index : [...ENDINGS.map((each) => path + each), ...index];
}
