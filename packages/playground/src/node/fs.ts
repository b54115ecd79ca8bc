/** The files that the languages and the shim bring beside their code, by their path from the folder of packages. */
const files = import.meta.glob<string>(
  ['../../../*/client/**/*.{py,js,sh}', '../../../languages/*/client/**/*.{py,js,sh}'],
  { query: '?raw', import: 'default', eager: true },
);

/** `node:fs` in the page: reads files of the packages, whose modules still know where they stood. */
export function readFileSync(url: URL): string {
  const file = files[`../../..${url.pathname}`];
  if (file === undefined) throw new Error(`${url.pathname} is not in the page`);
  return file;
}
