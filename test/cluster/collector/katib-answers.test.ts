import { expect, it } from 'vitest';
import { isUnavailable, readAnswers } from './answers-file.ts';
import { compareAnswers } from './compare-answers.ts';

const answered = readAnswers();

it("holds enough of Katib's own answers", () => {
  const all = answered.flatMap(({ answers }) => answers);
  expect(all.length).toBeGreaterThanOrEqual(3000);
  expect(all.filter((answer) => !('failed' in answer) && !isUnavailable(answer)).length).toBeGreaterThan(
    1000,
  );
});

it("reads as Katib's own parser does, whose answers `pnpm test:cluster --only collector` keeps", () => {
  const differences = answered.flatMap(({ cases, answers }) => compareAnswers(cases, answers));
  expect(differences.slice(0, 5)).toEqual([]);
});
