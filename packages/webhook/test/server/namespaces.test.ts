import { applyPatch, rewriteExperiment } from '@katib-push/katib';
import { readSettings } from '@katib-push/webhook/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Override, sampleExperiment } from '../../../katib/test/sample.ts';
import { type AdmissionHandler, createAdmissionHandler } from '../../src/index.ts';
import { completeSettings, toAdmissionOptions } from '../../src/server/options.ts';
import { creation, patchOf } from '../reviews.ts';

const file = `
selfSigned: true
rewriteTimeout: 30s
dbManagerAddress: manager.everywhere:6789
ways: [source]
namespaces:
  team-a: {coverage: output, metricOutput: drop, dbManagerAddress: "https://manager.a:443", ways: [source, container]}
  team-b: {metricOutput: drop}
`;

const read = (text: string) =>
  readSettings({
    flags: { config: 'config.yaml' },
    environment: {},
    resolvePath: (path) => path,
    readFile: async () => text,
  });

const server = { address: 'manager.everywhere:6789', maxScriptLength: 131_072 };
const inTeamA = { ...server, address: 'https://manager.a:443', output: 'drop', coverage: 'output' } as const;
const stdOut: Override = [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'];

const annotated = (annotations: Readonly<Record<string, string>>): Override => [
  ['metadata', 'annotations'],
  annotations,
];

describe('defaults of namespaces', () => {
  let handler: AdmissionHandler;
  beforeAll(async () => {
    handler = createAdmissionHandler(toAdmissionOptions(completeSettings(await read(file))));
  });
  afterAll(() => handler.close());

  const reviewed = async (namespace: string, ...overrides: readonly Override[]) => {
    const given = sampleExperiment([['metadata', 'namespace'], namespace], ...overrides);
    const answer = await handler(creation(given, { namespace }));
    const rewritten = (options: Parameters<typeof rewriteExperiment>[1]) => rewriteExperiment(given, options);
    return { answer, rewritten, stored: specOf(applyPatch(given, patchOf(answer))) };
  };
  const specOf = (experiment: unknown) => (experiment as { readonly spec: unknown }).spec;

  it('stand in for the settings of the server', async () => {
    const { stored, rewritten } = await reviewed('team-a');
    expect(stored).toEqual(specOf((await rewritten(inTeamA)).experiment));
    expect(stored).not.toEqual(specOf((await rewritten(server)).experiment));
  });

  it('leave what they do not name to the server, and other namespaces alone', async () => {
    const b = await reviewed('team-b');
    expect(b.stored).toEqual(specOf((await b.rewritten({ ...server, output: 'drop' })).experiment));
    const other = await reviewed('team-c');
    expect(other.stored).toEqual(specOf((await other.rewritten(server)).experiment));
  });

  it('give way to the annotations of the Experiment', async () => {
    const words = { 'katib-push.io/coverage': 'likely', 'katib-push.io/output': 'keep' };
    const { stored, rewritten } = await reviewed('team-a', annotated(words));
    expect(stored).toEqual(
      specOf((await rewritten({ ...server, address: 'https://manager.a:443' })).experiment),
    );
  });

  it('raise no ceiling of the server', async () => {
    const { answer } = await reviewed(
      'team-a',
      stdOut,
      annotated({ 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': 'container' }),
    );
    expect(answer.response.warnings?.join()).toContain('The container way is not allowed here');
  });
});

it.each([
  ['{team-a: {colour: red}}', 'a namespace may have enable, ways, deliver, coverage, metricOutput'],
  ['{team-a: {coverage: all}}', 'namespaces is'],
  ['{team-a: {dbManagerAddress: ""}}', 'namespaces is'],
  ['[team-a]', 'namespaces is'],
  ['{team-a: null}', 'namespaces is'],
])('namespaces: %s is refused', async (text, message) => {
  await expect(read(`namespaces: ${text}`)).rejects.toThrow(message);
});

it.each([
  [{ coverage: 'all' as 'likely' }, 'coverage of namespaces.team-a is all; it has to be one of'],
  [{ output: 'none' as 'keep' }, 'output of namespaces.team-a is none'],
  [{ ways: ['sidecar' as 'source'] }, 'ways of namespaces.team-a has sidecar'],
])('%o is refused where code gives it', (options, message) => {
  expect(() => createAdmissionHandler({ namespaces: { 'team-a': options } })).toThrow(message);
});
