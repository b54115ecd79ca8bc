import { afterAll, describe, expect, test } from 'vitest';
import { startDbManager } from '../../../db-manager/src/index.ts';
import { collect, UNAVAILABLE } from '../../../oracle/src/index.ts';
import { argvOf, environmentOf, metrics, type Ran, rewriteArgv, run } from './push-for-real.ts';
import { kept, pushed, type Snippet } from './push-snippets.ts';

const db = await startDbManager();
afterAll(() => db.close());

type Row = readonly [name: string, value: string];

/** What the collector reads from each stream for itself; empty values stall Katib and are not pushed. */
function collectedFrom({ stdout, stderr }: Ran): readonly Row[] {
  return metrics.flatMap((metric) =>
    [stdout, stderr].flatMap((stream) =>
      collect(stream, [metric])
        .filter(({ value }) => value !== UNAVAILABLE && value !== '')
        .map(({ name, value }): Row => [name, value]),
    ),
  );
}

function rowsOf(trial: string): readonly Row[] {
  return db.observations(trial).map(({ name, value }) => [name, value]);
}

function each(snippets: Readonly<Record<string, Snippet>>): readonly [string, string, Snippet][] {
  return Object.entries(snippets).flatMap(([name, snippet]) =>
    (snippet.shells ?? ['dash', 'bash']).map((shell): [string, string, Snippet] => [name, shell, snippet]),
  );
}

/** Where `printf` complains about a number, it names the function's line. */
function outputOf({ code, signal, stdout, stderr }: Ran): object {
  const masked = stderr.toString('latin1').replace(/^\w+: (?:line )?\d+: printf:/gm, 'printf:');
  return { code, signal, stdout: stdout.toString('latin1'), stderr: masked };
}

describe.concurrent('what echo and printf print is pushed', () => {
  test.each(each(pushed))('%s (%s)', async (name, shell, snippet) => {
    const before = argvOf(shell, snippet);
    const trial = `${name} ${shell}`;
    const { argv: after, leftBehind } = rewriteArgv(before);
    expect(after).not.toEqual(before);
    expect(leftBehind.map(({ message }) => message)).toEqual([]);
    const original = await run(before, environmentOf(`${trial} before`, db.address));
    const result = await run(after, environmentOf(trial, db.address));
    expect(outputOf(result)).toEqual(outputOf(original));
    const wanted = collectedFrom(original);
    expect(wanted).not.toEqual([]);
    const got = rowsOf(trial);
    for (const metric of metrics)
      expect(got.filter(([one]) => one === metric)).toEqual(wanted.filter(([one]) => one === metric));
    const times = db.observations(trial).map(({ time }) => time);
    expect(new Set(times).size).toBe(times.length);
  });
});

describe('what stays as it is', () => {
  test.each(each(kept))('%s (%s)', (_, shell, snippet) => {
    const before = argvOf(shell, snippet);
    expect(rewriteArgv(before).argv).toEqual(before);
  });
});

describe('a second rewrite', () => {
  test.each(each(pushed))('%s (%s)', (_, shell, snippet) => {
    const { argv } = rewriteArgv(argvOf(shell, snippet));
    expect(rewriteArgv(argv).argv).toEqual(argv);
  });
});
