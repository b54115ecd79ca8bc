/** The files that the languages and the shim bring beside their code, by their path from the folder of packages. */
const files = import.meta.glob<string>(
  ['../../../*/client/**/*.{py,js,sh}', '../../../languages/*/client/**/*.{py,js,sh}'],
  { query: '?raw', import: 'default', eager: true },
);

// `node:fs` in the page: modules of the packages still know where they stood, and read the files beside them.

/** The text of a file. */
export function readFileSync(url: URL): string {
  const file = files[`../../..${url.pathname}`];
  if (file === undefined) throw new Error(`${url.pathname} is not in the page`);
  return file;
}

/** The names in a folder. */
export function readdirSync(url: URL): readonly string[] {
  const folder = `../../..${url.pathname.replace(/\/?$/, '/')}`;
  return Object.keys(files)
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length))
    .filter((name) => !name.includes('/'));
}
