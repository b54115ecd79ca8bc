import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { exitCode, run } from 'katib-push';
import { expect, it } from 'vitest';
import { fakeIo } from './fake-io.ts';

function experiment(name: string, script: string): string {
  return `apiVersion: kubeflow.org/v1beta1
kind: Experiment
metadata: {name: ${name}, annotations: {katib-push.io/rewrite: enabled}}
spec:
  objective: {type: minimize, objectiveMetricName: loss}
  trialTemplate:
    primaryContainerName: main
    trialSpec:
      apiVersion: batch/v1
      kind: Job
      spec: {template: {spec: {containers: [{name: main, image: python:3.11, command: [python3, -c], args: [${JSON.stringify(script)}]}]}}}
`;
}

const files = {
  'good.yaml': experiment('good', 'print(f"loss={x}")\n'),
  'import.yaml': experiment('itself', 'import kubeflow.katib as katib\nkatib.report_metrics({"loss": 1})\n'),
  'colon.yaml': experiment('colon', 'import time\nprint(f"acc: {x}")\n'),
  'capital.yaml': experiment('capital', 'print(f"Loss: {x}")\n'),
  'broken.yaml': 'a: [',
};

async function call(...argv: string[]) {
  const { io, written } = fakeIo({ files });
  return { code: await run(argv, io), ...written };
}

it('passes where every wanted metric would be pushed', async () => {
  expect((await call('dry-run', '-f', 'good.yaml', '--require-metrics')).code).toBe(0);
});

it('fails where nothing is pushed that can be read', async () => {
  const off = { ...files, 'off.yaml': files['good.yaml'].replace('enabled', 'disabled') };
  const { io } = fakeIo({ files: off });
  expect(await run(['dry-run', '-f', 'off.yaml', '--require-metrics'], io)).toBe(exitCode.different);
});

it('fails where rows may be lost', async () => {
  const script = 'import subprocess\nprint(f"loss={x}")\nsubprocess.run(["python3", "evaluate.py"])\n';
  const forced = experiment('forced', script).replace('enabled', 'forced, katib-push.io/capture: source');
  const { io, written } = fakeIo({ files: { 'forced.yaml': forced } });
  expect(await run(['dry-run', '-f', 'forced.yaml', '--require-metrics'], io)).toBe(exitCode.different);
  expect(written.stdout).toContain('1 experiment would change');
});

it('shows one line for each Experiment, whatever else can not be read', async () => {
  const argv = ['dry-run', '-f', 'missing.yaml', '-f', 'broken.yaml', '-f', 'good.yaml', '-f', 'colon.yaml'];
  const { code, stdout, stderr } = await call(...argv, '-o', 'wide');
  expect(code).toBe(exitCode.badInput);
  expect(stderr).toContain('There is no file missing.yaml');
  expect(stderr).toContain('not-yaml');
  expect(stdout.split('\n')[0]).toMatch(/^file +experiment +outcome +way +metrics +code +why$/);
  expect(stdout).toMatch(/^good\.yaml +good +would change +container +1\/1 /m);
  expect(stdout).toMatch(/^colon\.yaml +colon +/m);
});

// of its draft 4, it uses nothing that later drafts read otherwise
const {
  $schema: _,
  id: __,
  ...sarif
} = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(sarif);

it.each([
  ['nothing to say of', ['good.yaml']],
  ['a place in', ['colon.yaml', 'import.yaml']],
  ['no place in', ['broken.yaml', 'missing.yaml']],
])("gives a SARIF log that OASIS' schema describes: %s %j", async (_, names) => {
  const { stdout } = await call('dry-run', ...names.flatMap((name) => ['-f', name]), '-o', 'sarif');
  expect(isSarif(JSON.parse(stdout)), JSON.stringify(isSarif.errors)).toBe(true);
});

it("is no SARIF log to OASIS' schema where a level is unknown", async () => {
  const { stdout } = await call('dry-run', '-f', 'broken.yaml', '-o', 'sarif');
  expect(isSarif(JSON.parse(stdout.replace('"level": "error"', '"level": "fatal"')))).toBe(false);
});

it('gives a SARIF log', async () => {
  const { stdout } = await call('dry-run', '-f', 'broken.yaml', '-f', 'colon.yaml', '-o', 'sarif');
  const log = JSON.parse(stdout);
  expect(log.version).toBe('2.1.0');
  const [{ results, tool }] = log.runs;
  expect(results[0]).toMatchObject({
    ruleId: 'not-yaml',
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'broken.yaml' }, region: { startLine: 1 } } }],
  });
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
});

it('says where a proposal is: above in a terminal, elsewhere by the command', async () => {
  const hintOf = async (...more: string[]) =>
    /take the metricsFormat [\w -]*/.exec((await call('dry-run', '-f', 'capital.yaml', ...more)).stdout)?.[0];
  expect(await hintOf()).toMatch(/ above$/);
  for (const format of ['sarif', 'json'])
    expect(await hintOf('-o', format)).toMatch(/ that katib-push dry-run proposes$/);
});

it('previews what nothing asks for, and says so last', async () => {
  const { io, written } = fakeIo({
    files: { 'e.yaml': files['good.yaml'].replace(', annotations: {katib-push.io/rewrite: enabled}', '') },
  });
  expect(await run(['dry-run', '-f', 'e.yaml'], io)).toBe(0);
  expect(written.stdout).toContain('container way');
  expect(written.stdout.trimEnd().split('\n').at(-1)).toMatch(
    /^If it were asked for, 1 experiment would change: pushes loss.*Nothing asks for it: set the annotation/,
  );
  written.stdout = '';
  await run(['dry-run', '-f', 'e.yaml', '-o', 'json'], io);
  expect(JSON.parse(written.stdout).experiments[0]).toMatchObject({
    outcome: 'unchanged',
    ifEnabled: { outcome: 'rewritten' },
    metrics: [{ name: 'loss', covered: 'yes' }],
  });
});

it('takes it with --allow-none that no Experiment is among several files, and nothing else', async () => {
  const files = { 'a.yaml': 'a: 1\n', 'b.yaml': 'kind: List\n', 'bad.yaml': 'kind: [' };
  const { io } = fakeIo({ files });
  expect(await run(['dry-run', '-f', 'a.yaml', 'b.yaml'], io)).toBe(exitCode.badInput);
  expect(await run(['dry-run', '--allow-none', '-f', 'a.yaml', 'b.yaml'], io)).toBe(exitCode.ok);
  expect(await run(['dry-run', '--allow-none', '-f', 'a.yaml', 'bad.yaml'], io)).toBe(exitCode.badInput);
});
