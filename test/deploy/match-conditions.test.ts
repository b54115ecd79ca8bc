import { run } from '@bufbuild/cel';
import { beforeAll, describe, expect, test } from 'vitest';
import { annotationPrefix } from '../../packages/katib/src/index.ts';
import { only } from './manifests.ts';
import { renderChart, renderKustomize } from './render.ts';
import { findTools, type Tools } from './tools.ts';

const tools = findTools() as Tools;

const plain = { metadata: { name: 'tune' } };
const annotated = { metadata: { name: 'tune', annotations: { note: 'x' } } };
const rewritten = { metadata: { name: 'tune', annotations: { [`${annotationPrefix}record`]: '{}' } } };
const labelled = { metadata: { name: 'tune', labels: { [`${annotationPrefix}capture`]: 'container' } } };
const leaving = {
  metadata: { ...rewritten.metadata, deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['x'] },
};

describe.skipIf(tools === undefined)('matchConditions', () => {
  let conditions: readonly { readonly name: string; readonly expression: string }[];

  beforeAll(() => {
    const overlay = renderKustomize(tools, 'overlays/self-signed');
    conditions = only(overlay, 'MutatingWebhookConfiguration').webhooks[0].matchConditions;
  });

  // As the API server: all have to be true. `oldObject` is null on CREATE.
  test.each([
    ['a new Experiment', 'CREATE', plain, null, true],
    ['a new one that holds a record of its own', 'CREATE', rewritten, null, true],
    ['an update of one that was rewritten', 'UPDATE', rewritten, rewritten, true],
    ['an update that takes the record away', 'UPDATE', plain, rewritten, true],
    ['an update of one that was never rewritten', 'UPDATE', annotated, plain, false],
    ['an update of one with other annotations', 'UPDATE', annotated, annotated, false],
    ['an update of one whose Trials are captured', 'UPDATE', labelled, labelled, true],
    ['an update that takes the label away', 'UPDATE', plain, labelled, true],
    ['an update that brings a forged record', 'UPDATE', rewritten, plain, true],
    ['the finalizers of one that is being deleted', 'UPDATE', leaving, leaving, false],
  ])('%s', (_, operation, object, oldObject, expected) => {
    const results = conditions.map(({ expression }) =>
      run(expression, { request: { operation }, object, oldObject } as never),
    );
    expect(results.every((result) => typeof result === 'boolean')).toBe(true);
    expect(results.every(Boolean)).toBe(expected);
  });

  test('the chart has the same, and those of its values', () => {
    const more = { name: 'small', expression: 'true' };
    const { matchConditions } = only(
      renderChart(tools, { values: { webhook: { matchConditions: [more] } } }),
      'MutatingWebhookConfiguration',
    ).webhooks[0];
    expect(matchConditions).toEqual([...conditions, more]);
  });
});
