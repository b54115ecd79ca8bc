import { run } from 'katib-push';
import { expect, it } from 'vitest';
import { fakeIo } from './fake-io.ts';

const manifest = `apiVersion: kubeflow.org/v1beta1
kind: Experiment
metadata:
  name: colon
spec:
  objective:
    type: maximize
    objectiveMetricName: accuracy
    additionalMetricNames: [loss]
    metricStrategies: [{name: accuracy, value: max}]
  metricsCollectorSpec: {collector: {kind: Push}}
  trialTemplate:
    primaryContainerName: main
    trialSpec:
      apiVersion: batch/v1
      kind: Job
      spec:
        template:
          spec:
            containers:
              - name: main
                image: python:3.11
                command: [python3, -c]
                args: ["print(f'Accuracy: {a}')\\nprint(f'train loss: {t} val loss: {v}')\\n"]
`;
const log = 'start\nEpoch 1 accuracy: 0.5\nEpoch 2 accuracy: 0.75\n';

async function call(...argv: string[]) {
  const { io, written } = fakeIo({ files: { 'e.yaml': manifest, 'trial.log': log } });
  const code = await run(argv, io);
  return { code, ...written };
}

it('shows the format that reads what is printed, as YAML to paste', async () => {
  const { stdout } = await call('dry-run', '-f', 'e.yaml');
  expect(stdout).toContain("        objectiveMetricName: 'Accuracy'\n");
  expect(stdout).toContain("              - '\\b(Accuracy):\\s*");
  expect(stdout).toContain('# gives Accuracy ← a (line 1)');
  expect(stdout).toContain('Which one is loss? This one:');
  expect(stdout).toContain("          - 'train loss'\n");
  expect(stdout).toContain("          - 'val loss'\n");
});

it('says where the format is: above it, and elsewhere by the command that shows it', async () => {
  const dryRun = await call('dry-run', '-f', 'e.yaml');
  expect(dryRun.stdout).toContain('take the metricsFormat above');
  for (const { stdout, stderr } of [
    await call('dry-run', '-f', 'e.yaml', '--object'),
    await call('rewrite', '-f', 'e.yaml'),
  ])
    expect(stdout + stderr).toMatch(/take the\s+metricsFormat\s+that\s+katib-push\s+dry-run\s+proposes/);
});

it('names what keeps the objective from being pushed in the table, too', async () => {
  const { stdout } = await call('dry-run', '-f', 'e.yaml', '-o', 'wide');
  expect(stdout).toMatch(/ would change +source +0\/2 +metric-not-read /);
});

it('gives the change that takes it as JSON Patch', async () => {
  const { stdout } = await call('dry-run', '-f', 'e.yaml', '-o', 'json');
  const { patch } = JSON.parse(stdout).experiments[0].formats;
  expect(patch).toMatchObject([
    { op: 'replace', path: '/spec/objective/objectiveMetricName', value: 'Accuracy' },
    { op: 'replace', path: '/spec/objective/metricStrategies/0/name', value: 'Accuracy' },
    { op: 'add', path: '/spec/metricsCollectorSpec/source' },
  ]);
});

it('refuses a log without a line', async () => {
  const { code, stderr } = await call('explain', '--log', '-', '-m', 'accuracy');
  expect(code).toBe(2);
  expect(stderr).toContain('error no-input: <stdin> is empty.');
});

it('reads a log around bytes that are no text', async () => {
  const bytes = Uint8Array.from([0xff, 0xfe, 0x0a, ...new TextEncoder().encode('accuracy=0.5\n')]);
  const { io, written } = fakeIo({ stdin: bytes });
  expect(await run(['explain', '--log', '-', '-m', 'accuracy'], io)).toBe(0);
  expect(written.stdout).toContain('Katib would find accuracy 1 time in these 2 lines.');
});

it('says what Katib reads from a log, and what would have it read more', async () => {
  const { code, stdout } = await call('explain', '--log', 'trial.log', '-m', 'accuracy', '-m', 'loss');
  expect(code).toBe(0);
  expect(stdout).toContain(
    'Katib would find no accuracy, no loss in these 3 lines; 2 name one of them. This reads',
  );
  expect(stdout).toContain('# gives 2 rows: accuracy = 0.5, accuracy = 0.75');
});

it('says the same as JSON', async () => {
  const { stdout } = await call('explain', '--log', 'trial.log', '-m', 'accuracy', '-o', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    lines: 3,
    naming: 2,
    found: [{ name: 'accuracy', rows: 0 }],
    proposal: { rows: [{ name: 'accuracy', value: '0.5', line: 2 }, { line: 3 }] },
  });
});
