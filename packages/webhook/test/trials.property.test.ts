import { applyPatch, unwrapWords, valueAt } from '@katib-push/katib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderTrial } from '../../../test/cases/render-trial.ts';
import { job, sampleExperiment } from '../../katib/test/sample.ts';
import { type AdmissionHandler, createAdmissionHandler } from '../src/index.ts';
import { createCluster } from './cluster.ts';
import { creation, patchOf } from './reviews.ts';

type Json = Record<string, unknown>;

const containerPath = ['spec', 'runSpec', 'spec', 'template', 'spec', 'containers', 0];
const kind = { group: 'kubeflow.org', version: 'v1beta1', kind: 'Trial' };

/** Who reads what a Trial prints: Katib's sidecar, the shim, the clients in its scripts. */
function readersOf(trial: unknown): readonly string[] {
  const container = valueAt(trial, containerPath);
  const collector = valueAt(trial, ['spec', 'metricsCollector', 'collector', 'kind']);
  const words = valueAt(container, ['command']) as string[];
  const env = (valueAt(container, ['env']) ?? []) as { name: string }[];
  const names = env.map(({ name }) => name);
  return [
    ...(collector === 'Push' ? [] : ['sidecar']),
    ...(unwrapWords(words) ? ['shim'] : []),
    ...(names.includes('KATIB_PUSH_PYTHON') ? ['client'] : []),
  ];
}

/** What may happen, one after the other. */
const step = fc.constantFrom(
  'apply' as const,
  'replace' as const,
  'server-side' as const,
  'label lost' as const,
  'turn off' as const,
  'away' as const,
  'back' as const,
  'trial' as const,
  'trial' as const,
  'trial, asked twice' as const,
);

let handler: AdmissionHandler;
beforeAll(() => {
  handler = createAdmissionHandler({ timeout: 60_000 });
});
afterAll(() => handler.close());

it('whatever the order of reviews, each Trial is pulled as it was written, or pushed by exactly one reader', async () => {
  let pushed = 0;
  let pulled = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('container', 'source', 'auto'),
      fc.constantFrom(['python3', '-c'], ['uv', 'run', 'python3', '-c']),
      fc.array(step, { minLength: 3, maxLength: 9 }),
      async (capture, command, steps) => {
        let isAway = false;
        const { server, kubectl } = createCluster(
          Object.assign(
            (...[review, call]: Parameters<AdmissionHandler>) =>
              isAway ? Promise.reject(new Error('away')) : handler(review, call),
            { ready: () => handler.ready(), close: () => handler.close() },
          ),
        );
        const container = {
          name: 'main',
          image: 'x',
          command,
          args: ["print(f'accuracy={1}')\nprint(f'loss={1}')\n", '${trialParameters.lr}'],
        };
        const manifest = sampleExperiment(
          [
            ['metadata', 'annotations'],
            { 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': capture },
          ],
          [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'],
          [['spec', 'trialTemplate', 'trialSpec'], job([container])],
        );
        await kubectl.apply(manifest);
        for (const one of steps) {
          const stored = server.get('tune') as Json;
          if (one === 'away' || one === 'back') isAway = one === 'away';
          else if (one === 'apply') await kubectl.apply(manifest);
          else if (one === 'replace') await kubectl.replace(manifest);
          else if (one === 'server-side') await kubectl.applyServerSide(manifest);
          else if (one === 'label lost') {
            const { labels: _, ...metadata } = stored.metadata as Json;
            await server.update({ ...stored, metadata });
          } else if (one === 'turn off') {
            const metadata = stored.metadata as { annotations: Json };
            const annotations = { ...metadata.annotations, 'katib-push.io/rewrite': 'disabled' };
            await server.update({ ...stored, metadata: { ...metadata, annotations } });
          } else {
            const given = renderTrial(stored, { lr: '0.02' }, {});
            const made = (await server.create(given)).stored as Json;
            const readers = readersOf(made);
            expect(readers, JSON.stringify(readers)).toHaveLength(1);
            if (readers[0] === 'sidecar') {
              pulled++;
              expect({ spec: made.spec }).toEqual({ spec: given.spec });
            } else pushed++;
            if (one === 'trial, asked twice' && !isAway) {
              const again = await handler(creation(made, { kind }));
              expect(readersOf(applyPatch(made, patchOf(again)))).toEqual(readers);
            }
          }
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(Math.min(pushed, pulled)).toBeGreaterThan(5);
});
