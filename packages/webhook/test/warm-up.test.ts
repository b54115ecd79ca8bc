import { loadLanguages, rewriteTrialWith } from '@katib-push/katib';
import { shimSource, shimVariable } from '@katib-push/shim';
import { expect, it, onTestFinished } from 'vitest';
import { type AdmissionEvent, createAdmissionHandler } from '../src/index.ts';
import { fullestTrial, sampleTrial } from '../src/worker/sample-trials.ts';
import { creation, named } from './reviews.ts';

it('the samples are captured, and one needs most of the shim', async () => {
  const languages = await loadLanguages();
  const options = { address: 'https://db:1' };
  const shims = [sampleTrial, fullestTrial].map((given) => {
    const { trial, report } = rewriteTrialWith(languages, given, options);
    expect(report).toMatchObject({ outcome: 'captured', diagnostics: [] });
    return JSON.stringify(trial).split(`{"name":"${shimVariable}","value":`)[1] ?? '';
  });
  const often = { tls: true, earlyStopping: true, primaryPod: true, ifNone: false };
  const json = {
    output: false,
    file: true,
    json: true,
    held: true,
    defaultFilter: false,
    customFilters: false,
  };
  const fullest = shimSource({ ...often, ...json });
  expect(JSON.parse(/^"(?:[^"\\]|\\.)*"/.exec(shims[1] ?? '')?.[0] ?? '""').replaceAll('$$', '$')).toBe(
    fullest,
  );
  expect(shims[0]?.length).toBeLessThan(shims[1]?.length ?? 0);
});

it('a handler is ready once it has reviewed Trials, of which nobody is told', async () => {
  const events: AdmissionEvent[] = [];
  const worker = new URL('workers/counts.mjs', import.meta.url);
  const handler = createAdmissionHandler({ worker, timeout: 30_000, observe: (event) => events.push(event) });
  onTestFinished(() => handler.close());
  await Promise.all([handler.ready(), handler.ready()]);
  await handler.ready();
  await handler(creation(named('first')));
  expect(events).toMatchObject([{ reason: 'after-100' }]);
});
