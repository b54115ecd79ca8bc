import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { makeCertificates } from '../../../packages/webhook/src/certificates/make-certificates.ts';
import { freePort, listening, type Process, type Stack } from '../stack/stack.ts';
import type { Kube } from './kube.ts';

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
      ...['--shutdown-delay=0s', ...flags],
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

/** Milliseconds after which the API server has seen a change of a configuration. */
const PROPAGATES = 1500;

/**
 * Registers our webhooks as the manifests of deploy/ do, but by address.
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
  const webhooks = base.webhooks.map((webhook: { clientConfig: { service: { path: string } } }) => ({
    ...webhook,
    ...change,
    clientConfig: { url: `https://localhost:${port}${webhook.clientConfig.service.path}`, caBundle },
  }));
  const path = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
  await kube.call('DELETE', `${path}/${name}`);
  await kube.must('POST', path, { ...base, metadata: { name }, webhooks });
  await sleep(PROPAGATES);
}
