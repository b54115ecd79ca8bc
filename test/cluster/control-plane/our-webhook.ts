import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { parse } from 'yaml';
import { makeCertificates } from '../../../packages/webhook/src/certificates/make-certificates.ts';
import { freePort, listening, type Process, type Stack } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';
import { type Kube, mergePatch } from './kube.ts';

/** Our webhook's server, as it runs in a cluster. */
export interface OurWebhook {
  readonly process: Process;
  readonly port: number;
  /** Folder of tls.crt and tls.key, which it follows. */
  readonly certificates: string;
  readonly authority: string;
}

const root = join(import.meta.dirname, '../../..');
const bin = join(root, 'packages/webhook/src/bin.ts');
const manifest = join(root, 'deploy/kustomize/base/mutating-webhook-configuration.yaml');

/** Starts the server. `flags` are further settings of docs/configuration.md. */
export async function startOurWebhook(
  stack: Stack,
  flags: readonly string[] = [],
  listen?: number,
): Promise<OurWebhook> {
  const port = listen ?? (await freePort());
  const certificates = join(stack.folder, `webhook-${port}`);
  mkdirSync(certificates, { recursive: true });
  const authority = await renewCertificate(certificates);
  const process_ = stack.start('webhook', {
    command: process.execPath,
    args: [
      ...[
        '--conditions=source',
        bin,
        `--port=${port}`,
        `--admin-port=0`,
        '--host=127.0.0.1',
        '--path=/mutate',
      ],
      ...[`--tls-certificate=${join(certificates, 'tls.crt')}`, `--tls-key=${join(certificates, 'tls.key')}`],
      // a machine that is busy decides nothing
      ...['--shutdown-delay=0s', '--rewrite-timeout=25s', ...flags],
    ],
    cwd: root,
  });
  await listening('our webhook', process_, port);
  return { process: process_, port, certificates, authority };
}

/**
 * Writes a new certificate of a new authority, and gives the authority's.
 *
 * @param announce called with the authority before the certificate is in use
 */
export async function renewCertificate(
  folder: string,
  announce: (authority: string) => Promise<void> = async () => {},
): Promise<string> {
  const { authorities, certificate, key } = await makeCertificates(['localhost'], 86_400_000, new Date());
  await announce(authorities);
  writeFileSync(join(folder, 'tls.crt'), certificate);
  writeFileSync(join(folder, 'tls.key'), key, { mode: 0o600 });
  return authorities;
}

/** Where configurations of mutating webhooks are. */
export const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

/**
 * Registers our webhooks as the manifests of deploy/ do, but by address, and with the longest timeout. Resolves when the API
 * server calls them.
 *
 * @param name configurations are called in the order of their names
 * @param change what differs in each webhook
 */
export async function registerOurWebhook(
  kube: Kube,
  { port, authority }: Pick<OurWebhook, 'port' | 'authority'>,
  name: string,
  change: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const base = parse(readFileSync(manifest, 'utf8'));
  const caBundle = Buffer.from(authority).toString('base64');
  const webhooks = base.webhooks.map((webhook: Webhook) => ({
    ...webhook,
    timeoutSeconds: 30,
    ...change,
    clientConfig: { url: `https://localhost:${port}${webhook.clientConfig.service?.path}`, caBundle },
  }));
  await kube.call('DELETE', `${CONFIGURATIONS}/${name}`);
  const probe = createProbe();
  await kube.must('POST', CONFIGURATIONS, {
    ...base,
    metadata: { name },
    webhooks: [...webhooks, probe.webhook],
  });
  await probe.seen(kube);
}

/** Lets the API server trust other authorities; resolves when it does. */
export async function trustAuthorities(kube: Kube, name: string, authorities: string): Promise<void> {
  const caBundle = Buffer.from(authorities).toString('base64');
  const { webhooks } = await kube.must('GET', `${CONFIGURATIONS}/${name}`);
  const ours = webhooks.filter((webhook: Webhook) => webhook.name !== PROBE);
  const probe = createProbe();
  const changed = ours.map((webhook: Webhook) => ({
    ...webhook,
    clientConfig: { ...webhook.clientConfig, caBundle },
  }));
  const body = { webhooks: [...changed, probe.webhook] };
  await kube.must('PATCH', `${CONFIGURATIONS}/${name}`, body, { type: mergePatch });
  await probe.seen(kube);
}

interface Webhook {
  readonly name: string;
  readonly clientConfig: { readonly service?: { readonly path: string } };
}

const PROBE = 'probe.katib-push.io';
let probes = 0;

/** A webhook that nobody answers: once it refuses, the API server knows the configuration in which it stands. */
function createProbe() {
  const labels = { probe: String(++probes) };
  return {
    webhook: {
      name: PROBE,
      admissionReviewVersions: ['v1'],
      clientConfig: { url: 'https://localhost:1/' },
      sideEffects: 'None',
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      objectSelector: { matchLabels: labels },
    },
    seen: (kube: Kube) =>
      waitFor('the API server to know our webhook', async () => {
        const path = '/api/v1/namespaces/default/configmaps?dryRun=All';
        return (await kube.call('POST', path, { metadata: { name: 'probe', labels } })).status >= 500;
      }),
  };
}

/** Resolves when a server shows the certificate of a file. */
export function showsCertificate(port: number, file: string): Promise<unknown> {
  const wanted = new X509Certificate(readFileSync(file)).fingerprint256;
  const shown = () =>
    new Promise<boolean>((resolve, reject) => {
      const socket = connect(
        { port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false },
        () => {
          resolve(socket.getPeerCertificate().fingerprint256 === wanted);
          socket.destroy();
        },
      ).on('error', reject);
    });
  return waitFor('the new certificate', shown);
}
