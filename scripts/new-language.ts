// Scaffolds a language: `pnpm new-language lua`. Writes packages/languages/lua from scripts/new-language, and the lines
// by which the workspace knows it. What remains to be written is what its tests ask for.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const templates = join(import.meta.dirname, 'new-language');

/** What the caller did wrong, in one line with the way out. */
class UsageError extends Error {}

try {
  const [name, ...others] = process.argv.slice(2);
  checkName(name, others);
  const files = [...writeFolder(name), ...registerInWorkspace(name)];
  console.log(`${files.map((file) => `  ${file}`).join('\n')}\n${nextSteps(name)}`);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`new-language: ${error.message}`);
  process.exitCode = 2;
}

function checkName(name: string | undefined, others: readonly string[]): asserts name is string {
  if (name === undefined || others.length > 0)
    throw new UsageError('give one name, that of the language: pnpm new-language lua');
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    throw new UsageError(
      `${JSON.stringify(name)} is no name for a folder and a package: lower-case letters, digits and hyphens, such as lua`,
    );
  const folder = join('packages/languages', name);
  if (existsSync(join(root, folder)))
    throw new UsageError(`${folder} is there already: take another name, or delete it first`);
  if (existsSync(join(root, 'packages', name)))
    throw new UsageError(`packages/${name} has that name already: @katib-push/${name} would be two packages`);
}

/** The folder of the language, each template filled in. */
function writeFolder(name: string): readonly string[] {
  const words = { name, Name: pascalCase(name), NAME: name.toUpperCase().replaceAll('-', '') };
  return readdirSync(templates, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = relative(templates, join(entry.parentPath, entry.name));
      const target = join('packages/languages', name, fill(path.replace(/\.template$/, ''), words));
      const text = fill(readFileSync(join(templates, path), 'utf8'), words);
      mkdirSync(dirname(join(root, target)), { recursive: true });
      writeFileSync(join(root, target), text);
      return target;
    })
    .sort();
}

/** `katib` depends on every language, and is built after it. Nothing else names one. */
function registerInWorkspace(name: string): readonly string[] {
  edit('packages/katib/package.json', (text) =>
    insertSorted(
      text,
      /"@katib-push\/([\w-]+)": "workspace:\*",\s*/g,
      name,
      `"@katib-push/${name}": "workspace:*",`,
    ),
  );
  edit('packages/katib/tsconfig.json', (text) =>
    insertSorted(
      text,
      /\{ "path": "\.\.\/languages\/([\w-]+)" \}(?:,\s*)?/g,
      name,
      `{ "path": "../languages/${name}" },`,
    ),
  );
  return ['packages/katib/package.json', 'packages/katib/tsconfig.json'];
}

/** Puts `entry` in front of the first one whose name comes after, else behind the last one. */
function insertSorted(text: string, entries: RegExp, name: string, entry: string): string {
  const found = [...text.matchAll(entries)];
  const last = found.at(-1);
  if (!last) throw new Error(`no entry like ${entry} is there to put this one beside`);
  const after = found.find(([, other]) => (other as string) > name);
  const space = /\s*$/.exec((found[0] as RegExpExecArray)[0])?.[0] || ' ';
  if (after) return `${text.slice(0, after.index)}${entry}${space}${text.slice(after.index)}`;
  const end = last.index + last[0].trimEnd().length;
  const comma = text[end - 1] === ',';
  return comma
    ? `${text.slice(0, end)}${space}${entry}${text.slice(end)}`
    : `${text.slice(0, end)},${space}${entry.slice(0, -1)}${text.slice(end)}`;
}

function edit(path: string, change: (text: string) => string): void {
  const file = join(root, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function fill(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (all, word) => words[word] ?? all);
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function nextSteps(name: string): string {
  return `
Next: name the parser in packages/languages/${name}/package.json, then

  pnpm install
  pnpm vitest run packages/languages/${name}

Each failure says what to write. Once there is none, one line in packages/katib/src/languages.ts registers it:

  export { create${pascalCase(name)} } from '@katib-push/${name}';

CONTRIBUTING.md, "Add a language in 30 minutes", walks through a real one.`;
}
