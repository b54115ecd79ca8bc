import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../test/api-server/index.ts';
import { createAdmissionHandler } from '../src/index.ts';
import { createCluster } from './cluster.ts';
import { type Mutable, mutator } from './mutators.ts';
import { randomExperiment } from './random-experiment.ts';
import { creation } from './reviews.ts';

const handler = createAdmissionHandler({ timeout: 30_000 });
beforeAll(() => handler.ready());
afterAll(() => handler.close());

const soak = process.env.KATIB_PUSH_SOAK !== undefined;
const path = fc.constantFrom('apply', 'applyServerSide', 'replace', 'patch', 'edit');
const steps = fc.array(fc.record({ path, count: fc.option(fc.integer({ min: 1, max: 50 })) }), {
  minLength: 1,
  maxLength: 4,
});
const defaulter = fc.constantFrom('before', 'after', 'none');
const where = fc.constantFrom('front', 'end');
const mutators = fc.uniqueArray(fc.record({ name: fc.constantFrom('a-other', 'z-other'), where }), {
  maxLength: 2,
  selector: ({ name }) => name,
});

/** Somebody else's webhook that adds a variable to each container, as proxies and licences come in. */
function variables(name: string, where: 'front' | 'end') {
  return mutator(name, (object) => {
    const visit = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return;
      for (const [key, inner] of Object.entries(value as Mutable)) {
        if (key !== 'containers') visit(inner);
        else
          for (const container of inner as Mutable[]) {
            const list = (container.env ?? []) as Mutable[];
            if (list.some((entry) => entry.name === name)) continue;
            container.env =
              where === 'front' ? [{ name, value: '1' }, ...list] : [...list, { name, value: '1' }];
          }
      }
    };
    visit((object.spec as { trialTemplate: Mutable }).trialTemplate.trialSpec);
  });
}

describe('any Experiment that is rewritten', () => {
  it(
    'stays what is stored, however it is sent again',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          randomExperiment,
          steps,
          defaulter,
          mutators,
          async (manifest, sent, katib, others) => {
            const extra = others.map((one) => variables(one.name, one.where));
            const { kubectl, server } = createCluster(handler, katib, extra);
            const created = await kubectl.apply(manifest);
            expect(created.refused).toBeUndefined();
            expect(JSON.stringify(created.stored)).toContain('_katib_push(print)');
            expect((await handler(creation(created.stored))).response.patch).toBeUndefined();
            let given: KubernetesObject = manifest;
            for (const { path, count } of sent) {
              const isOurs = path === 'patch' || path === 'edit';
              const change = count === null ? {} : { maxTrialCount: count };
              if (!isOurs) given = { ...given, spec: { ...(given.spec as object), ...change } };
              const outcome =
                path === 'patch'
                  ? await kubectl.patch('tune', { spec: change })
                  : path === 'edit'
                    ? await kubectl.edit('tune', (object) => Object.assign(object.spec as Mutable, change))
                    : await kubectl[path](given);
              expect(outcome.refused, path).toBeUndefined();
              expect(outcome.warningFaults).toEqual([]);
              expect(withoutCount(server.get('tune'))).toEqual(withoutCount(created.stored));
              if (count !== null) expect(outcome.stored).toMatchObject({ spec: { maxTrialCount: count } });
              const patches = outcome.chain.flatMap(({ webhook, patch }) =>
                webhook === 'katib-push' ? patch : [],
              );
              if (isOurs) expect(patches).toEqual([]);
              for (const name of ['katib-push.io/record', 'katib-push.io/version'])
                expect(annotationsOf(server.get('tune'))[name]).toBe(annotationsOf(created.stored)[name]);
            }
          },
        ),
        { numRuns: soak ? 1_000 : 60 },
      );
    },
    soak ? 900_000 : 240_000,
  );
});

function withoutCount(object: KubernetesObject | null | undefined): Mutable {
  const { maxTrialCount: _, ...spec } = (object?.spec ?? {}) as Mutable;
  return spec;
}

function annotationsOf(object: KubernetesObject | null | undefined): Mutable {
  return ((object?.metadata ?? {}) as { annotations?: Mutable }).annotations ?? {};
}
