import { expect, it } from 'vitest';
import * as oracle from '../src/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(oracle).sort()).toEqual([
    'NO_TIME',
    'OracleError',
    'UNAVAILABLE',
    'assignParameters',
    'checkExperiment',
    'collect',
    'compareExperiment',
    'compareRuns',
    'describeEnd',
    'describeVerdict',
    'leavesBehind',
    'movedLines',
    'readRows',
    'runTrial',
    'substitute',
    'succeeded',
    'trialIdentity',
    'validateExperiment',
    'wantedMetrics',
  ]);
});
