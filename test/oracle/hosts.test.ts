import { join } from 'node:path';
import { locateContainer, readExperiment, rewriteExperiment } from '@katib-push/katib';
import { compareExperiment, describeVerdict } from '@katib-push/oracle';
import { describe, expect, it } from 'vitest';
import { readCases } from '../cases/read-cases.ts';
import { nests } from './hosts.ts';
import { takeTurns } from './take-turns.ts';

const inTurn = takeTurns(2);
const path = [join(import.meta.dirname, '../../.venv/bin')];
/** So many hosts for each script, in turn: all of them for all scripts would take minutes. */
const each = 3;

/** Cases whose command is `python3 -c SCRIPT` and that are rewritten in full. */
const scripts = readCases().flatMap((one) => {
  if (!one.runnable || one.expect !== 'rewritten') return [];
  const { experiment } = readExperiment(one.experiment);
  const value = experiment && locateContainer(experiment).container?.value;
  const words = [value?.command ?? [], value?.args ?? []].flat();
  const [command, flag, script] = words;
  if (words.length !== 3 || command !== 'python3' || flag !== '-c' || typeof script !== 'string') return [];
  if (script.includes('$(')) return []; // the kubelet's, which would come between the host's quotes
  return [{ ...one, script }];
});

const nested = scripts.flatMap((one, index) =>
  Array.from({ length: each }, (_, turn) => nests[(index * each + turn) % nests.length]).flatMap((nest) => {
    const words = nest?.[1](one.script);
    return words ? [{ one, words, name: `${one.name} in ${nest?.[0]}` }] : [];
  }),
);

describe.concurrent('a script in another host', () => {
  it.each(nested.map((entry) => [entry.name, entry] as const))('%s', async (_, { one, words }) => {
    const [program, ...args] = words;
    const original = withCommand(one.experiment, [program], args);
    const { experiment, report } = await rewriteExperiment(original);
    expect(report.outcome, report.summary).toBe('rewritten');
    const partial = report.scripts.some(({ statements }) =>
      statements.some(({ verdict }) => verdict === 'suppressed'),
    );
    const options = { set: one.set, path, partial, timeoutSeconds: 100 };
    const result = await inTurn(() => compareExperiment(original, experiment, options));
    expect(result.identical, describeVerdict(result).join('\n')).toBe(true);
  });
});

it('has scripts', () => {
  expect(scripts.length).toBeGreaterThan(20);
});

function withCommand(given: unknown, command: readonly unknown[], args: readonly unknown[]): unknown {
  const experiment = structuredClone(given);
  const read = readExperiment(experiment).experiment;
  const container = read && locateContainer(read).container?.value;
  return Object.assign(container ?? {}, { command, args }) && experiment;
}
