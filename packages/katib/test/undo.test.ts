import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteExperiment, undoExperiment, wrapTemplate } from '@katib-push/katib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const fixtures = join(import.meta.dirname, '../../../fixtures/experiments');
const inputs = readdirSync(fixtures).map(
  (name) => [name, parse(readFileSync(join(fixtures, name, 'input.yaml'), 'utf8')) as unknown] as const,
);

describe('every case that is rewritten', () => {
  it.each(inputs)('%s is as it was after undo', async (_, input) => {
    const { experiment, report } = await rewriteExperiment(input);
    expectBack(input, experiment, report.outcome === 'rewritten');
  });

  it.each(inputs)('%s is as it was where its template was put under the shim', async (_, input) => {
    const asking = withAnnotations(input, {
      'katib-push.io/rewrite': 'enabled',
      'katib-push.io/capture': 'container',
    });
    const { experiment, report } = await wrapTemplate(asking);
    expectBack(asking, experiment, report.outcome === 'rewritten');
  });

  function expectBack(input: unknown, experiment: unknown, isRewritten: boolean): void {
    const { experiment: before, patch, hindrances } = undoExperiment(experiment);
    expect(isRewritten ? hindrances : patch).toEqual([]);
    if (isRewritten) expect(withoutNulls(before)).toEqual(withoutNulls(input));
  }
});

describe('labels that were set by hand', () => {
  const found = inputs.find(([name]) => name === 'captured-image-script');
  const labelled = (labels: Readonly<Record<string, string>>): unknown => {
    const input = structuredClone(found?.[1]) as Experiment & { metadata: { labels: unknown } };
    input.metadata.labels = labels;
    return input;
  };

  it.each<[Readonly<Record<string, string>>]>([
    [{ 'katib-push.io/capture': 'container' }],
    [{ 'katib-push.io/algorithm': 'random' }],
    [{ 'katib-push.io/deliver': 'success' }],
    [{ 'katib-push.io/capture': 'container', 'katib-push.io/deliver': 'success', team: 'a' }],
  ])('stay: %j', async (labels) => {
    const input = labelled(labels);
    const { experiment, patch } = await rewriteExperiment(input);
    expect(patch).not.toEqual([]);
    expect(undoExperiment(experiment)).toMatchObject({ experiment: input, hindrances: [] });
  });

  it('stay where they were changed since', async () => {
    const { experiment } = await rewriteExperiment(labelled({}));
    const changed = structuredClone(experiment) as { metadata: { labels: Record<string, string> } };
    changed.metadata.labels['katib-push.io/algorithm'] = 'tpe';
    expect(undoExperiment(changed).experiment).toMatchObject({
      metadata: { labels: { 'katib-push.io/algorithm': 'tpe' } },
    });
  });

  it('stay where a second rewrite adds others', async () => {
    const input = labelled({ 'katib-push.io/capture': 'container' });
    const { experiment } = await rewriteExperiment(input);
    const asked = structuredClone(experiment) as Experiment;
    asked.metadata.annotations['katib-push.io/deliver'] = 'success';
    const again = await rewriteExperiment(asked);
    expect(undoExperiment(again.experiment).experiment).toMatchObject({
      metadata: { labels: { 'katib-push.io/capture': 'container' } },
    });
  });
});

describe('what hinders', () => {
  const [, input] = inputs.find(([name]) => name === 'embed-bash-ec') as (typeof inputs)[number];
  const rewritten = async () => structuredClone((await rewriteExperiment(input)).experiment) as Experiment;

  it('an Experiment without a record', () => {
    expect(undoExperiment(input).hindrances).toEqual([
      { pointer: '', reason: 'it carries no record of a rewrite' },
    ]);
  });

  it('a record that is no JSON', async () => {
    const experiment = await rewritten();
    experiment.metadata.annotations['katib-push.io/record'] = '{';
    expect(undoExperiment(experiment).hindrances[0]?.reason).toBe('its record of the rewrite is damaged');
  });

  it('a script that was edited since, and then nothing else is touched', async () => {
    const experiment = await rewritten();
    experiment.spec.metricsCollectorSpec.collector.kind = 'File';
    const { experiment: after, patch, hindrances } = undoExperiment(experiment);
    expect({ same: after === experiment, patch }).toEqual({ same: true, patch: [] });
    expect(hindrances).toEqual([
      { pointer: '/spec/metricsCollectorSpec/collector/kind', reason: 'it was changed since the rewrite' },
    ]);
  });

  it.each([
    ['outside of the text', (all: number[]) => all.with(0, 1e6)],
    ['elsewhere', (all: number[]) => all.with(0, (all[0] as number) + 1)],
    ['in no order', (all: number[]) => all.toReversed()],
    ['not whole', (all: number[]) => all.slice(1)],
  ])('a record whose insertions are %s', async (_, forge) => {
    const experiment = await rewritten();
    const record = JSON.parse(experiment.metadata.annotations['katib-push.io/record'] as string);
    for (const change of Object.values<unknown[]>(record)) {
      if (Array.isArray(change[3])) change[3] = forge(change[3] as number[]);
    }
    experiment.metadata.annotations['katib-push.io/record'] = JSON.stringify(record);
    const { patch, hindrances } = undoExperiment(experiment);
    expect(patch).toEqual([]);
    expect(hindrances).toHaveLength(1);
  });

  it('a record of an earlier version, which does not say where text was inserted', async () => {
    const experiment = await rewritten();
    const record = JSON.parse(experiment.metadata.annotations['katib-push.io/record'] as string);
    for (const [pointer, change] of Object.entries<unknown[]>(record)) record[pointer] = change.slice(0, 2);
    experiment.metadata.annotations['katib-push.io/record'] = JSON.stringify(record);
    expect(undoExperiment(experiment).hindrances.map(({ reason }) => reason)).toContain(
      'the record does not tell what stood there before',
    );
  });
});

function withAnnotations(input: unknown, annotations: Readonly<Record<string, string>>): unknown {
  const experiment = structuredClone(input) as Experiment;
  experiment.metadata.annotations = { ...experiment.metadata.annotations, ...annotations };
  return experiment;
}

/** To the API server null is the same as nothing. */
function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner) => inner ?? undefined));
}

interface Experiment {
  metadata: { annotations: Record<string, string> };
  spec: { metricsCollectorSpec: { collector: { kind: string } } };
}
