import { expect, it } from 'vitest';
import { compareDecisions } from './compare-decisions.ts';
import { readDecisions } from './decisions-file.ts';

const decided = readDecisions();
const stopped = decided.filter(({ decision }) => decision !== null && 'stop' in decision);

it("holds enough of Katib's own decisions", () => {
  expect(stopped.length).toBeGreaterThanOrEqual(200);
  expect(stopped.filter(({ stream }) => stream.format === 'JSON').length).toBeGreaterThan(30);
  expect(stopped.filter(({ stream }) => stream.rules.length > 1).length).toBeGreaterThan(30);
  expect(stopped.filter(({ stream }) => (stream.filters?.length ?? 0) > 1).length).toBeGreaterThan(30);
  expect(decided.length - stopped.length).toBeGreaterThanOrEqual(100);
});

it("stops as Katib's collector does, whose decisions `pnpm test:cluster --only collector` keeps", () => {
  expect(compareDecisions(decided).slice(0, 5)).toEqual([]);
});

it('would tell of another line', () => {
  const [one] = stopped.map((each) => ({ ...each, decision: { stop: 1000 } }));
  expect(compareDecisions([one!])).toHaveLength(1);
});
