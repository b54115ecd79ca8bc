import { followCommand, outermostLayer } from '@katib-push/core';
import { createShell } from '@katib-push/shell';
import { expect, test } from 'vitest';
import { followLine } from '../../../../test/follow-line.ts';
import { javascript } from './javascript.ts';

/** Where the program is, and what stands in the way; words are split at spaces. */
function follow(line: string): string {
  const words = line.split(' ').map((text, index) => outermostLayer(text, `word ${index}`, `/${index}`));
  const followed = followCommand(words, { languages: [javascript], dropsEnvironment: false });
  if (followed.kind === 'unknown') return `unknown: ${followed.reason}`;
  if (followed.kind !== 'program') return followed.kind;
  const { source, language } = followed;
  const program =
    source.kind === 'inline' ? source.text.text : source.kind === 'file' ? source.path.text : '';
  const document = language.parse('console.log(`loss=${l}`)', { opaque: [] });
  const notes = document.statements().flatMap(({ cannot }) => cannot ?? []);
  return [`${source.kind} ${program}`.trim(), language.client ? '' : 'no client', ...notes]
    .filter(Boolean)
    .join(', ');
}

test.each([
  ['node train.mjs', 'file train.mjs'],
  ['/usr/local/bin/node --max-old-space-size=4096 --enable-source-maps train.js', 'file train.js'],
  ['node -r dotenv/config --require ./a.js --import tsx train.ts', 'file train.ts'],
  ['node --input-type=module -e x', 'inline x'],
  ['node --input-type module --eval x', 'inline x'],
  ['node --eval=x', 'inline x'],
  ...['node -p x', 'node -p -e x'].map((line) => [
    line,
    'unknown: node -p is not followed: Node prints the value of the last expression by itself',
  ]),
  ['node -e x y', 'inline x'],
  ['node -e x -e y', 'unknown: node is given several texts by -e'],
  ['node -e x --input-type=module --eval=y z', 'unknown: node is given several texts by -e'],
  ['node', 'stdin'],
  ['node -', 'stdin'],
  ['node --check x.js', 'nothing'],
  ['npx tsx train.ts', 'file train.ts'],
  ['npx -y tsx@4.19.2 --tsconfig t.json train.ts', 'file train.ts'],
  ['pnpm exec tsx train.ts', 'file train.ts'],
  ['yarn tsx train.ts', 'file train.ts'],
  ['npm exec tsx train.ts', 'file train.ts'],
  [
    'npm run train',
    'unknown: npm is not followed: what it runs is named in a file that is not in the Experiment',
  ],
  [
    'ts-node train.ts',
    'unknown: ts-node is not followed: it checks types, and what would be inserted has none',
  ],
  ...['bun run train.ts', 'bun -e x', 'deno run -A train.ts', 'deno eval x'].map((line) => [
    line,
    `unknown: ${line.split(' ')[0]} is not followed: it writes what the console prints past process.stdout, where the client reads`,
  ]),
])('%s', (line, expected) => {
  expect(follow(line)).toBe(expected);
});

test.each([
  ['node --input-type=module -e x', ['--input-type=module', '-e']],
  ['node --input-type module --no-warnings -r y -e x', ['--input-type=module', '--no-warnings', '-r', '-e']],
])('the flags of %s', (line, flags) => {
  const words = line.split(' ').map((text, index) => outermostLayer(text, `word ${index}`, `/${index}`));
  const followed = followCommand(words, { languages: [javascript], dropsEnvironment: false });
  expect(followed.kind === 'program' && followed.flags).toEqual(flags);
});

test.each([
  ['npx -y node x.js', 'javascript file x.js'],
  ["npx -c 'a b'", 'unknown: the text that npx is given is not followed'],
  ['npx vite build', 'command vite build'],
  ['bunx x', 'command x'],
  ['npm exec -- node x.js', 'javascript file x.js'],
  ['pnpm -C app exec node x.js', 'javascript file x.js'],
  ['yarn node x.js', 'javascript file x.js'],
  [
    'yarn train',
    'unknown: yarn is not followed: what it runs is named in a file that is not in the Experiment',
  ],
])('%s', (line, expected) => {
  expect(followLine(line, [javascript, createShell()])).toBe(expected);
});
