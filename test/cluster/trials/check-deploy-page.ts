import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { findTools, root } from '../../deploy/tools.ts';
import type { Stored } from '../admission/world.ts';
import { runCertificatesJob } from '../control-plane/certificates-job.ts';
import { addresses } from '../control-plane/katib.ts';
import type { Report } from '../report/check.ts';
import { onInterrupt } from '../stack/interrupt.ts';
import { listening } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';
import { takes } from './check-policy-trials.ts';
import type { FullLab } from './lab.ts';

const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
const [NAMESPACE, NAME] = ['team-a', 'katib-push-first'];
const AGAINST = 'Katib; kubelet stand-in';
const metrics = `kubectl --namespace team-a get trials -o jsonpath='{range .items[*]}{.metadata.name}{" "}{.status.observation.metrics}{"\\n"}{end}'`;

/** Follows docs/deploy.md, command by command, to trials that push: first without a server, then with it. */
export async function checkDeployPage(lab: FullLab, report: Report): Promise<void> {
  const shell = createShell(lab);
  if (shell === undefined) {
    const skipped = 'kubectl is not installed';
    return report({ what: 'docs/deploy.md, followed', against: AGAINST, found: '', wrong: [], skipped });
  }
  await shell(`kubectl create namespace ${NAMESPACE}`);
  await shell(`kubectl label namespace ${NAMESPACE} katib.kubeflow.org/metrics-collector-injection=enabled`);
  lab.serve(NAMESPACE);
  lab.suggestions.give(NAME, { assignments: [{ lr: '0.02' }, { lr: '0.05' }] });
  appendFileSync(lab.katib.hosts, `${addresses.suggestion} ${NAME}-random.${NAMESPACE}\n`);
  await shell('kubectl delete mutatingwebhookconfiguration katib-push-webhook'); // that of the other checks
  await follow('without a server', report, () => withPolicy(lab, shell));
  if (process.getuid?.() === 0) await follow('with the server', report, () => withServer(lab, shell));
  else {
    const skipped = 'only root can give the loopback the address of a Service';
    report({
      what: 'docs/deploy.md, followed with the server',
      against: AGAINST,
      found: '',
      wrong: [],
      skipped,
    });
  }
  await lab.restartWebhook();
}

async function follow(how: string, report: Report, steps: () => Promise<string>): Promise<void> {
  const what = `docs/deploy.md, followed ${how}, from nothing to trials that push`;
  try {
    report({ what, against: AGAINST, found: await steps(), wrong: [] });
  } catch (error) {
    report({ what, against: AGAINST, found: '', wrong: [String(error)] });
  }
}

type Shell = ReturnType<typeof createShell> & {};

/** Runs commands as a reader does, from the root of a clone: `katib-push` and `kubectl` are on the PATH. */
function createShell({ stack, kubeconfig }: FullLab) {
  const tools = findTools();
  if (tools === undefined) return undefined;
  const bin = join(stack.folder, 'bin');
  mkdirSync(bin);
  symlinkSync(tools.kubectl, join(bin, 'kubectl'));
  const program = join(root, 'packages/cli/src/bin.ts');
  writeFileSync(
    join(bin, 'katib-push'),
    `#!/bin/sh\nexec "${process.execPath}" --conditions=source "${program}" "$@"\n`,
  );
  chmodSync(join(bin, 'katib-push'), 0o755);
  cpSync(join(root, 'deploy'), join(stack.folder, 'deploy'), { recursive: true });
  const PATH = [bin, process.env.PATH ?? ''].join(delimiter);
  return async (command: string): Promise<{ readonly out: string; readonly told: string }> => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
      encoding: 'utf8',
      cwd: stack.folder,
      env: { PATH, HOME: stack.folder, KUBECONFIG: kubeconfig },
    });
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
    return { out: stdout, told: stderr };
  };
}

/** A command that stands on the page. */
function onPage(command: string): string {
  if (!page.includes(command)) throw new Error(`docs/deploy.md has no command ${command}`);
  return command;
}

/** The first block of YAML on the page that holds a text. */
function blockWith(text: string): string {
  const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const block = blocks.find((each) => each.includes(text));
  if (block === undefined) throw new Error(`docs/deploy.md has no YAML with ${text}`);
  return block;
}

async function withPolicy(lab: FullLab, shell: Shell): Promise<string> {
  await shell(onPage('katib-push policy --api-version v1beta1 | kubectl apply -f -'));
  await waitFor('the policy', () => takes(lab));
  const experiment = parse(blockWith(NAME)) as Stored;
  const { metadata } = parse(blockWith('katib-push.io/algorithm: random')) as Stored;
  const { annotations: _, ...named } = experiment.metadata;
  const { 'katib-push.io/deliver': __, ...labels } = metadata.labels;
  writeFileSync(
    join(lab.stack.folder, 'experiment.yaml'),
    stringify({ ...experiment, metadata: { ...named, labels } }),
  );
  const found = await create(shell);
  await shell('katib-push policy --api-version v1beta1 | kubectl delete -f -');
  return found;
}

async function withServer(lab: FullLab, shell: Shell): Promise<string> {
  const overlay = 'deploy/kustomize/overlays/mine';
  await shell(onPage(`mkdir ${overlay}`));
  writeFileSync(
    join(lab.stack.folder, overlay, 'kustomization.yaml'),
    blockWith('newName: registry.your-company.com'),
  );
  await shell(onPage(`kubectl apply -k ${overlay}`));
  await standInForPods(lab, shell);
  const bundle = `kubectl get mutatingwebhookconfiguration katib-push-webhook -o jsonpath='{.webhooks[0].clientConfig.caBundle}' | wc -c`;
  if (Number((await shell(onPage(bundle))).out) === 0) throw new Error('there is no caBundle');
  await shell(onPage(`kubectl label namespace ${NAMESPACE} katib-push.io/rewrite=enabled`));
  writeFileSync(join(lab.stack.folder, 'experiment.yaml'), blockWith(NAME));
  const dry = onPage('kubectl create -f experiment.yaml --dry-run=server -o yaml > reviewed.yaml');
  const warning = onPage(
    'Warning: katib-push: accuracy, loss are pushed by the container way; sidecar disabled',
  );
  await waitFor('the webhook', async () => (await shell(dry)).told.includes(warning));
  const found = await create(shell);
  await shell(onPage('kubectl delete mutatingwebhookconfiguration katib-push-webhook'));
  await shell(
    onPage(`kubectl delete -k ${overlay} --ignore-not-found`).replace('delete', 'delete --wait=false'),
  );
  return found;
}

/** What Pods would do: the certificates job, with its own token, and the server, at the Service's address. */
async function standInForPods({ stack, kube }: FullLab, shell: Shell): Promise<void> {
  const { out: token } = await shell(
    'kubectl --namespace katib-push create token katib-push-webhook-certificates',
  );
  const { code, said } = await runCertificatesJob(stack, kube, 'katib-push', token.trim());
  if (code !== 0) throw new Error(`the certificates job: ${said}`);
  const at = '/api/v1/namespaces/katib-push';
  const { data } = await kube.must('GET', `${at}/secrets/katib-push-webhook-tls`);
  const file = (name: string) => join(stack.folder, name);
  for (const name of ['tls.crt', 'tls.key'])
    writeFileSync(file(name), Buffer.from(data[name], 'base64'), { mode: 0o600 });
  const { spec } = await kube.must('GET', `${at}/services/katib-push-webhook`);
  const [{ port: open }] = spec.ports;
  await giveAddress(stack, spec.clusterIP);
  const server = stack.start('deployed-webhook', {
    command: process.execPath,
    args: [
      ...[
        '--conditions=source',
        join(root, 'packages/webhook/src/bin.ts'),
        '--admin-port=0',
        '--shutdown-delay=0s',
      ],
      ...[`--host=${spec.clusterIP}`, `--port=${open}`],
      ...[`--tls-certificate=${file('tls.crt')}`, `--tls-key=${file('tls.key')}`],
    ],
    cwd: root,
  });
  await listening('the server', server, open, { host: spec.clusterIP });
}

/** Gives the loopback an address until the stack stops: nobody else stands for Services here. */
async function giveAddress(stack: FullLab['stack'], address: string): Promise<void> {
  const change = (verb: string) => spawnSync('ip', ['address', verb, `${address}/32`, 'dev', 'lo']);
  if (change('add').status !== 0) throw new Error(`the loopback does not take the address ${address}`);
  const forget = onInterrupt(() => change('del'));
  stack.onStop(() => {
    change('del');
    forget();
  });
}

/** Creates the Experiment, waits for its end, and looks at its trials as the page says. */
async function create(shell: Shell): Promise<string> {
  await shell(onPage('kubectl create -f experiment.yaml'));
  const condition = `kubectl --namespace ${NAMESPACE} get experiment ${NAME} -o jsonpath='{.status.conditions[?(@.type=="Succeeded")].status}'`;
  await waitFor('the Experiment', async () => (await shell(condition)).out === 'True', 120);
  const rows = (await shell(onPage(metrics))).out.trim().split('\n');
  const kind = `kubectl --namespace ${NAMESPACE} get trials -o jsonpath='{.items[*].spec.metricsCollector.collector.kind}'`;
  const kinds = (await shell(kind)).out;
  if (kinds !== 'Push Push') throw new Error(`the collectors of the trials are ${kinds}`);
  for (const row of rows)
    if (!/"accuracy"/.test(row) || !/"loss"/.test(row)) throw new Error(`a trial has no observation: ${row}`);
  const pods = `kubectl --namespace ${NAMESPACE} get pods -o jsonpath='{.items[*].spec.containers[*].name}'`;
  const containers = (await shell(pods)).out;
  if (/logger|collector/.test(containers)) throw new Error(`a pod has a sidecar: ${containers}`);
  await shell(`kubectl --namespace ${NAMESPACE} delete experiment ${NAME}`);
  return `${rows.length} trials, ${kinds}`;
}
