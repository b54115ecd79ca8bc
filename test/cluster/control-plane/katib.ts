import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { makeCertificates } from '../../../packages/webhook/src/certificates/make-certificates.ts';
import { build } from '../build/build.ts';
import { programs } from '../build/programs.ts';
import { freePort, listening, type Process, type Stack } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';
import type { ControlPlane } from './control-plane.ts';
import { inPrivateNamespace } from './private-namespace.ts';

/** Katib's controller with its webhooks. */
export interface Katib {
  readonly process: Process;
  /** The `hosts` file that it sees. */
  readonly hosts: string;
}

/** Where Katib's sources are, as go.mod pins them. */
export function katibSources(): string {
  const { stdout, stderr } = spawnSync('go', ['list', '-m', '-f', '{{.Dir}}', 'github.com/kubeflow/katib'], {
    cwd: programs.controller.module,
    encoding: 'utf8',
  });
  if (stdout.trim() === '') throw new Error(`Katib's sources are not there: ${stderr}`);
  return stdout.trim();
}

/** Addresses of the loopback by which Katib's parts find each other; ports are Katib's own. */
export const addresses = { suggestion: '127.0.31.2', dbManager: '127.0.31.3' };

const collectors = ['StdOut', 'File', 'TensorFlowEvent'];
const algorithms = [
  'random',
  'grid',
  'tpe',
  'bayesianoptimization',
  'hyperband',
  'cmaes',
  'sobol',
  'multivariate-tpe',
  'pbt',
];

const config = (webhookPort: number) =>
  stringify({
    apiVersion: 'config.kubeflow.org/v1beta1',
    kind: 'KatibConfig',
    init: {
      controller: {
        webhookPort,
        metricsAddr: '0',
        healthzAddr: '0',
        trialResources: ['Job.v1.batch', 'TrainJob.v1alpha1.trainer.kubeflow.org'],
      },
    },
    runtime: {
      metricsCollectors: collectors.map((kind) => ({ kind, image: 'collector' })),
      suggestions: algorithms.map((algorithmName) => ({ algorithmName, image: 'suggestion' })),
      earlyStoppings: [{ algorithmName: 'medianstop', image: 'early-stopping' }],
    },
  });

/**
 * Starts Katib's controller with its definitions and webhooks; those come under `name`, since configurations are called in
 * the order of their names. Its Experiments are made in namespaces with the label of the collector.
 */
export async function startKatib(
  stack: Stack,
  { kube, kubeconfig }: ControlPlane,
  name: string,
): Promise<Katib> {
  const [binary, sources, port] = [await build(programs.controller), katibSources(), await freePort()];
  const manifests = join(sources, 'manifests/v1beta1/components');
  for (const file of readdirSync(join(manifests, 'crd')).filter((each) => each !== 'kustomization.yaml'))
    for (const object of documents(join(manifests, 'crd', file)))
      await kube.must('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', object);
  await kube.must('POST', '/api/v1/namespaces', { metadata: { name: 'kubeflow' } });
  await kube.must('POST', '/api/v1/namespaces/kubeflow/configmaps', {
    metadata: { name: 'katib-config' },
    data: { 'katib-config.yaml': config(port) },
  });

  // the controller's certificate is in a constant folder of /tmp
  const temporary = join(stack.folder, 'katib');
  mkdirSync(join(temporary, 'cert'), { recursive: true });
  const certificates = await makeCertificates(['localhost'], 86_400_000, new Date());
  writeFileSync(join(temporary, 'cert/tls.crt'), certificates.certificate);
  writeFileSync(join(temporary, 'cert/tls.key'), certificates.key, { mode: 0o600 });
  writeFileSync(join(temporary, 'config.yaml'), config(port));
  cpSync(kubeconfig, join(temporary, 'kubeconfig'));
  const hosts = join(stack.folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 localhost\n${addresses.dbManager} katib-db-manager.kubeflow\n`);
  const process = stack.start('katib-controller', {
    ...inPrivateNamespace({ '/etc/hosts': hosts, '/tmp': temporary }, [
      binary,
      '--katib-config=/tmp/config.yaml',
    ]),
    env: { KUBECONFIG: '/tmp/kubeconfig' },
    cwd: '/',
  });
  await listening("Katib's controller", process, port, { seconds: 120 });

  for (const object of documents(join(manifests, 'webhook/webhooks.yaml'))) {
    const webhooks = object.webhooks.map((webhook: { clientConfig: { service: { path: string } } }) => ({
      ...webhook,
      clientConfig: {
        url: `https://localhost:${port}${webhook.clientConfig.service.path}`,
        caBundle: Buffer.from(certificates.authorities).toString('base64'),
      },
    }));
    const plural = `${object.kind[0].toLowerCase()}${object.kind.slice(1)}s`;
    await kube.must('POST', `/apis/admissionregistration.k8s.io/v1/${plural.toLowerCase()}`, {
      ...object,
      metadata: { name },
      webhooks,
    });
  }
  await waitFor(
    'the definitions of Katib',
    async () => (await kube.call('GET', '/apis/kubeflow.org/v1beta1/experiments')).status === 200,
  );
  return { process, hosts };
}

// biome-ignore lint/suspicious/noExplicitAny: manifests of any kind
function documents(file: string): any[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}
