import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { processIo } from '../../packages/cli/src/process-io.ts';
import { createProgram } from '../../packages/cli/src/program.ts';
import { loadServices } from '../../packages/cli/src/services.ts';
import { readGroups } from '../../site/src/groups.ts';
import { root } from '../../site/src/root.ts';
import { runCommand } from '../../site/src/run-command.ts';
import { readSamples, type Sample } from './read-samples.ts';

const groups = await readGroups();
const samples = groups.flatMap(({ pages }) => pages).flatMap(readSamples);
const { program } = createProgram(processIo(), loadServices());
/** They serve until they are stopped, on ports of their own, or need one that does. */
const serving = ['serve', 'db-manager', 'replay', 'playground'];
const folder = join(import.meta.dirname, 'samples');

test('there are samples', () => {
  expect(samples.length).toBeGreaterThan(15);
});

test.each(samples)('$source: katib-push $words has only what there is', ({ words }) => {
  const [name, ...rest] = words;
  if (name === undefined || name === '…' || name.startsWith('-')) return;
  const command = program.commands.find((each) => each.name() === name);
  expect(command, name).toBeDefined();
  const known = command?.options.flatMap(({ short, long }) => [short, long]) ?? [];
  for (const word of rest) {
    const [flag = ''] = word.split('=');
    if (/^--?[a-z]/i.test(flag)) expect([...known, '--help', '--color']).toContain(flag);
  }
});

const shown = samples.filter(({ words, output }) => output.length > 0 && !serving.includes(words[0] ?? ''));

test.each(shown)('$source: katib-push $words prints what is shown', async (sample) => {
  const { words, output } = sample;
  const isThere = (word: string): boolean => existsSync(join(folder, word));
  const printed = (await runCommand(words, words.some(isThere) ? folder : root)).trimEnd().split('\n');
  if (process.env.UPDATE === '1') update(sample, printed);
  else expect(comparable(words, printed)).toEqual(comparable(words, output));
});

/** Writes into the document what is printed now. */
function update({ source, words, output }: Sample, printed: readonly string[]): void {
  const file = join(root, source);
  const text = readFileSync(file, 'utf8');
  if (isDeepStrictEqual(comparable(words, printed), comparable(words, output))) return;
  const indented = (lines: readonly string[], by: string): string =>
    lines.map((line) => (line === '' ? '' : by + line)).join('\n');
  const by = ['', '    ', '   '].find((each) => text.includes(`\n${indented(output, each)}\n`));
  if (by === undefined) throw new Error(`the output is not found in ${source}`);
  writeFileSync(
    file,
    text.replace(`\n${indented(output, by)}\n`, () => `\n${indented(printed, by)}\n`),
  );
}

/** What a training prints and what is said of it have no order between each other, and it takes its time. */
function comparable(words: readonly string[], lines: readonly string[]): readonly string[] {
  if (words[0] !== 'run') return lines;
  return lines.map((line) => line.replaceAll(/\d+\.\d s\b/g, '… s')).sort();
}
