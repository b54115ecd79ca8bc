import { build } from '../build/build.ts';
import { programs } from '../build/programs.ts';
import type { Check, Report } from '../report/check.ts';
import { type Answered, isUnavailable, readAnswers, writeAnswers } from './answers-file.ts';
import { compareJsonFiles } from './ask-json.ts';
import { askKatib } from './ask-katib.ts';
import { askReader } from './ask-reader.ts';
import type { Cases } from './case.ts';
import { compareAnswers } from './compare-answers.ts';
import { checkEarlyStopping } from './early-stopping/check-early-stopping.ts';
import { runFixtures } from './fixtures.ts';
import { generateCases } from './generate.ts';
import { type Reader, readers } from './readers.ts';

const GENERATED = 50_000;
/** Those whose answers are kept for `npm test`: fewer to a group, so that there are more groups. */
const KEPT = { count: 3500, perGroup: 20, seed: 2 };

/** Holds Katib's own parser against the oracle's port, the engine's reading of lines, the push clients and the shim. */
export async function checkCollector(report: Report): Promise<void> {
  const binary = await build(programs.collect);
  const kept = generateCases(KEPT.count, KEPT.seed, KEPT.perGroup);
  const groups = [...(await runFixtures()), ...kept, ...generateCases(GENERATED - KEPT.count, 1)];
  const answers = await askKatib(binary, groups);
  const answered = groups.map((cases, at) => ({ cases, answers: answers[at]! }));
  keep(answered.filter(({ cases }) => kept.includes(cases)));
  report(checkReading(answered));
  report(await checkJson(answered.filter(({ cases }) => cases.format === 'JSON')));
  const read = joinReadings(groups);
  await Promise.all(readers.map(async (reader) => report(await checkReader(reader, read))));
  await checkEarlyStopping(report);
}

/** Outputs that are read alike, in one group each: a reader is a process for each group. */
function joinReadings(groups: readonly Cases[]): readonly Cases[] {
  const joined = Map.groupBy(groups, ({ names, filters, format }) =>
    JSON.stringify([names, filters, format]),
  );
  return [...joined.values()].map((alike) => {
    const from = [...new Set(alike.map(({ from }) => from))].join();
    return { ...alike[0]!, from, outputs: alike.flatMap(({ outputs }) => outputs) };
  });
}

function checkReading(answered: readonly Answered[]): Check {
  const differences = answered.flatMap(({ cases, answers }) => compareAnswers(cases, answers));
  const all = answered.flatMap(({ answers }) => answers);
  const failed = all.filter((answer) => 'failed' in answer).length;
  const unavailable = all.filter(isUnavailable).length;
  const found = `${all.length} outputs, in ${all.length - failed - unavailable} of them an objective; ${failed} fail`;
  return {
    what: "the oracle's port and the engine's reading",
    against: "Katib's parser",
    found: `${found}; ${differences.length} differ`,
    wrong: differences.map((each) => JSON.stringify(each)),
  };
}

async function checkJson(answered: readonly Answered[]): Promise<Check> {
  const wrong = await compareJsonFiles(answered);
  const files = answered.reduce((sum, { answers }) => sum + answers.length, 0);
  const found = `${files} files; ${wrong.length} differ`;
  return { what: 'the shim, files of JSON', against: "Katib's parser", found, wrong };
}

async function checkReader(reader: Reader, groups: readonly Cases[]): Promise<Check> {
  let [compared, skipped] = [0, 0];
  const wrong: string[] = [];
  for (const cases of groups) {
    const difference = await askReader(reader, cases);
    if (difference === 'skipped') skipped += cases.outputs.length;
    else compared += cases.outputs.length;
    if (difference !== undefined && difference !== 'skipped') {
      const { names, filters } = cases;
      const { row, expected, pushed, stderr } = difference;
      wrong.push(JSON.stringify({ from: cases.from, names, filters, row, expected, pushed, stderr }));
    }
  }
  return {
    what: reader.name,
    against: "Katib's parser, values mended as the documents say",
    found: `${compared} outputs (${skipped} more have filters or formats that are not pushed); ${wrong.length} groups differ`,
    wrong,
  };
}

/** Writes the answers for `npm test`, and says which are new or changed. */
function keep(answered: readonly Answered[]): void {
  const describe = ({ cases, answers }: Answered) =>
    cases.outputs.map((output, at) => {
      const asked = [cases.names, cases.filters, cases.format, Buffer.from(output).toString('base64')];
      return [JSON.stringify(asked), JSON.stringify(answers[at])] as const;
    });
  const before = new Map(readAnswers().flatMap(describe));
  const after = new Map(answered.flatMap(describe));
  const added = [...after.keys()].filter((asked) => !before.has(asked)).length;
  const changed = [...after].filter(([asked, answer]) => (before.get(asked) ?? answer) !== answer);
  const gone = before.size + added - after.size;
  console.log(`kept answers: ${after.size}; ${added} new, ${changed.length} changed, ${gone} gone`);
  for (const [asked, answer] of changed) console.log(`  ${asked}: ${before.get(asked)} is now ${answer}`);
  writeAnswers(answered);
}
