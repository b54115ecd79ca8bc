import { createAdmissionPolicy, policyKinds, rewriteTrial } from '@katib-push/katib';
import { describe, expect, test } from 'vitest';
import { describeTrial } from '../cases/summarize.ts';
import type { Manifest } from '../deploy/manifests.ts';
import { validateManifests } from '../deploy/validate.ts';
import { evaluatePolicy, type Stored } from './evaluate-policy.ts';
import { capturedTrials, type NamedTrial, otherTrials, variant } from './fixture-trials.ts';
import { leftVariants, takenVariants } from './trial-variants.ts';

const policy = createAdmissionPolicy({ kinds: policyKinds });

/** What the policy makes of a Trial is what `rewriteTrial` makes of it; or the condition for which it leaves it. */
async function comparePolicy(trial: unknown, describe = describeTrial): Promise<string> {
  const found = evaluatePolicy(policy, trial);
  if ('left' in found) return found.left;
  const { trial: expected } = await rewriteTrial(trial);
  expect(describe(found.trial)).toBe(describe(expected));
  return 'taken';
}

/** Fixtures whose words would have to be read as a shell's. */
const left = [
  'captured-one-string',
  'captured-quoted-program',
  'captured-words-behind-text',
  'captured-words-joined',
];

function expectedOf({ name, trial }: NamedTrial): string {
  const isKnown = policyKinds.some((kind) => kind === trial.spec.runSpec.kind);
  return isKnown ? (left.includes(name) ? 'takes' : 'taken') : 'job-kind';
}

describe('takes the Trials of the fixtures as rewriteTrial does, or leaves them', () => {
  test('there are fixtures of each sort', () => {
    expect(capturedTrials.length).toBeGreaterThan(15);
  });
  test.each(capturedTrials)('$name', async (one) => {
    expect(await comparePolicy(one.trial)).toBe(expectedOf(one));
  });
});

/** Without the interpreters that are tried: a policy looks for none in the text of a shell. */
const withoutInterpreters = (trial: unknown): string =>
  describeTrial(trial).replace(/\(the shim's front: .*?\)/, '(the front)');

test('every other fixture, as if it printed and asked for the container way', async () => {
  let taken = 0;
  for (const { trial } of otherTrials)
    if ((await comparePolicy(trial, withoutInterpreters)) === 'taken') taken++;
  expect(taken).toBeGreaterThan(100);
});

test.each(takenVariants)('%s: the same', async (_, trial) => {
  expect(await comparePolicy(trial)).toBe('taken');
});

test.each(leftVariants)('%s: left for %s', async (_, reason, trial) => {
  expect(await comparePolicy(trial)).toBe(reason);
});

const filter = { metricsFormat: ['([\\w|-]+)\\s*=\\s*((-?\\d+)(\\.\\d+)?)'] };
const path = '/out/metrics';

test.each([
  ['shimOutput', 'StdOut', undefined],
  ['shimOutput', 'Push', { filter: { metricsFormat: [''] } }],
  ['shimOutputFilters', 'StdOut', { filter }],
  ['shimText', 'File', { fileSystemPath: { path } }],
  ['shimTextFilters', 'File', { fileSystemPath: { path, format: 'TEXT' }, filter }],
  ['shimJson', 'File', { fileSystemPath: { path, format: 'JSON' } }],
])('the text is %s: %s, %j', (name, kind, source) => {
  const given = variant('captured-image-script', ({ spec }) => {
    spec.metricsCollector = { collector: { kind }, ...(source ? { source } : {}) };
  });
  const { env } = (evaluatePolicy(policy, given) as Stored).trial.spec.runSpec.spec.template.spec
    .containers[0];
  const { data } = policy[0] as Stored;
  expect(env).toContainEqual({ name: 'KATIB_PUSH_SHIM', value: data[name] });
});

test('each text has at most 40 KB, and all of them fit into the annotation that kubectl apply makes', () => {
  const [params] = createAdmissionPolicy({ kinds: policyKinds, address: 'https://db:7000' }) as Stored;
  const sizes = Object.entries<string>(params.data)
    .filter(([name]) => name.startsWith('shim'))
    .map(([, text]) => Buffer.byteLength(text.replaceAll('$$', '$')));
  expect(sizes).toHaveLength(5);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(40 * 1024);
  expect(Buffer.byteLength(JSON.stringify(params))).toBeLessThan(256 * 1024);
});

test('a policy for Jobs takes no others, and the DB manager’s address is that of the option', () => {
  const address = 'db.tuning:7000';
  const own = createAdmissionPolicy({ address });
  expect(
    evaluatePolicy(
      own,
      variant('captured-pytorchjob', () => {}),
    ),
  ).toEqual({ left: 'job-kind' });
  const found = evaluatePolicy(
    own,
    variant('captured-image-script', (_, container) => {
      container.env = [{ name: 'KATIB_DB_MANAGER_ADDRESS', value: 'other:1' }];
    }),
  ) as Stored;
  const { env } = found.trial.spec.runSpec.spec.template.spec.containers[0];
  expect(env.filter(({ name }: Stored) => name === 'KATIB_DB_MANAGER_ADDRESS')).toEqual([
    { name: 'KATIB_DB_MANAGER_ADDRESS', value: address },
  ]);
});

test.each([
  ['v1', ['1.36', '1.37']],
  ['v1beta1', ['1.34', '1.35']],
] as const)('the objects pass the schemas of Kubernetes: %s', (apiVersion, versions) => {
  const objects = createAdmissionPolicy({
    kinds: policyKinds,
    namespaceLabels: { team: 'vision' },
    apiVersion,
  });
  expect(validateManifests(objects as readonly Manifest[], versions)).toEqual([]);
  const broken = objects.map((object) => ({ ...object, unknown: true }));
  expect(validateManifests(broken as readonly Manifest[], versions)).toHaveLength(3 * versions.length);
});
