import { expect, it } from 'vitest';
import { rankReasons } from '../src/advice/rank-reasons.ts';
import { diagnose } from '../src/diagnostics/diagnose.ts';

const nothing = diagnose('nothing-to-rewrite', 'Nothing may write it.');
const read = diagnose('metric-not-read', 'The metric loss is not read: so.', { metric: 'loss' });
const image = diagnose('script-in-image', 'train.py: in the image.');
const disabled = diagnose('disabled', 'It says disabled.');
const uncovered = (metric: string) => diagnose('metric-not-covered', `No source of ${metric}.`, { metric });

it('takes what says why in place of what only says that nothing came of it', () => {
  expect(rankReasons([nothing], [image, read])).toEqual([read, image]);
  expect(rankReasons([nothing], [image])).toEqual([image]);
});

it('keeps a reason that says why itself', () => {
  expect(rankReasons([disabled], [read])).toEqual([disabled, read]);
  expect(rankReasons([nothing], [])).toEqual([nothing]);
  expect(rankReasons([], [image])).toEqual([image]);
});

it('says nothing twice', () => {
  expect(rankReasons([], [read, uncovered('loss'), uncovered('auc'), read])).toEqual([
    read,
    uncovered('auc'),
  ]);
});
