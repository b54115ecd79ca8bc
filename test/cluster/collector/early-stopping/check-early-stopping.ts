import { build } from '../../build/build.ts';
import { programs } from '../../build/programs.ts';
import type { Report } from '../../report/check.ts';
import { askCollector } from './ask-collector.ts';
import { compareDecisions } from './compare-decisions.ts';
import { type Decided, writeDecisions } from './decisions-file.ts';
import { generateStreams } from './generate-streams.ts';
import type { Decision } from './stream.ts';

const GENERATED = 1500;
/** How many of each sort of decision are kept for `npm test`. */
const KEPT = { stop: 200, crash: 50, none: 50 };

const sortOf = (decision: Decision) => (decision === null ? 'none' : 'stop' in decision ? 'stop' : 'crash');

/** Holds the shim's early stopping against Katib's own collector: at which line a trial ends, and what is reported of it. */
export async function checkEarlyStopping(report: Report): Promise<void> {
  const binary = await build(programs.collector);
  const streams = generateStreams(GENERATED, 7);
  const decisions = await askCollector(binary, streams);
  const decided = streams.map((stream, at) => ({ stream, decision: decisions[at]! }));
  keep(decided);
  const differences = compareDecisions(decided);
  const count = (sort: keyof typeof KEPT) => decisions.filter((decision) => sortOf(decision) === sort).length;
  report({
    what: "the shim's early stopping",
    against: "Katib's collector",
    found: `${streams.length} streams: ${count('stop')} are stopped, the collector fails at ${count('crash')}; ${differences.length} differ`,
    wrong: differences.map((each) => JSON.stringify(each)),
  });
}

/** Writes the decisions for `npm test`, and says how many are other ones than before. */
function keep(decided: readonly Decided[]): void {
  const kept = Object.values(Object.groupBy(decided, ({ decision }) => sortOf(decision))).flatMap((all) =>
    all.slice(0, KEPT[sortOf(all[0]!.decision)]),
  );
  console.log(`kept decisions: ${kept.length}; ${writeDecisions(kept)} new or changed`);
}
