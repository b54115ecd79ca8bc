import { run } from 'katib-push';
import { describe, expect, it } from 'vitest';
import { type FakeOptions, fakeIo, fakeServices } from './fake-io.ts';

const commands = [
  [],
  ['dry-run'],
  ['rewrite'],
  ['undo'],
  ['run'],
  ['explain'],
  ['playground'],
  ['serve'],
  ['db-manager'],
  ['replay'],
  ['policy'],
  ['completion'],
];
const widths = [40, 60, 80, 120, 200];

async function helpOf(command: readonly string[], options: FakeOptions, calledAs?: string) {
  const { io, written } = fakeIo(options);
  await run([...command, '--help'], calledAs === undefined ? io : { ...io, calledAs }, fakeServices);
  return written.stdout;
}

/** Whether a line is one word, of a shell where it stands in an example: there is no blank to break it at. */
const isOneWord = (line: string) =>
  /^\s*(?:'[^']*'|"[^"]*"|[^\s'"])+( \\)?$/.test(line) || /^\s*\S+$/.test(line);
/** The words, without what laying them out adds. */
const wordsOf = (text: string) =>
  text
    .replace(/ \\\n/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');

describe.each(commands.map((command) => [command.join(' ') || 'katib-push', command] as const))(
  'help of %s',
  (_name, command) => {
    it.each(widths)('fits into %i columns, and says the same', async (width) => {
      const help = await helpOf(command, { terminal: width });
      const wide = help.split('\n').filter((line) => line.length > Math.min(100, width));
      expect(wide.filter((line) => !isOneWord(line))).toEqual([]);
      expect(wordsOf(help)).toEqual(wordsOf(await helpOf(command, {})));
      expect(await helpOf(command, { env: { COLUMNS: String(width) } })).toBe(help);
    });

    it('fits under the longer name of the plugin', async () => {
      const help = await helpOf(command, { terminal: 60 }, 'kubectl katib-push');
      expect(help.split('\n').filter((line) => line.length > 60 && !isOneWord(line))).toEqual([]);
    });
  },
);

it('is as wide as is good to read where there is no terminal', async () => {
  const longest = Math.max(...(await helpOf(['run'], {})).split('\n').map((line) => line.length));
  expect(longest).toBeGreaterThan(80);
  expect(longest).toBeLessThanOrEqual(100);
});

it('is whole for every command that there is', async () => {
  const listed = (await helpOf([], {})).match(/(?<=^Commands:\n)(?: {2}.*\n)+/m)?.[0] ?? '';
  const names = [...listed.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name);
  expect(new Set(names)).toEqual(new Set(['help', ...commands.flat()]));
});
