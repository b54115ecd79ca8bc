import type { CertificateSet } from './certificate-set.ts';
import { CertificatesError } from './certificates-error.ts';
import type { KubernetesApi } from './kubernetes-api.ts';

/** The Secret with the server's certificate, as it was read. */
export interface StoredCertificates extends CertificateSet {
  readonly resourceVersion: string;
}

interface Secret {
  readonly metadata: { readonly resourceVersion: string };
  readonly data?: Readonly<Record<string, string>>;
}

const pathOf = (namespace: string, name: string): string => `/api/v1/namespaces/${namespace}/secrets/${name}`;

/** Reads the Secret; texts that it hasn't got are empty. */
export async function readSecret(
  api: KubernetesApi,
  namespace: string,
  name: string,
): Promise<StoredCertificates> {
  const { metadata, data = {} } = (await api.read(pathOf(namespace, name))) as Secret;
  const text = (key: string): string => Buffer.from(data[key] ?? '', 'base64').toString('utf8');
  return {
    certificate: text('tls.crt'),
    key: text('tls.key'),
    authorities: text('ca.crt'),
    resourceVersion: metadata.resourceVersion,
  };
}

/** Writes the Secret, unless it has changed since `resourceVersion`: then the API answers with 409. */
export async function writeSecret(
  api: KubernetesApi,
  namespace: string,
  name: string,
  set: CertificateSet,
  resourceVersion: string,
): Promise<void> {
  const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  await api.patch(pathOf(namespace, name), {
    metadata: { resourceVersion },
    data: {
      'tls.crt': encode(set.certificate),
      'tls.key': encode(set.key),
      'ca.crt': encode(set.authorities),
    },
  });
}

/** The Service behind which the server runs. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

interface WebhookConfiguration {
  readonly metadata: { readonly resourceVersion: string };
  readonly webhooks?: readonly {
    readonly clientConfig?: { readonly service?: Partial<ServiceName>; readonly caBundle?: string };
  }[];
}

/**
 * Writes `authorities` (PEM) as the `caBundle` of each webhook of a MutatingWebhookConfiguration that calls the Service.
 * Touches nothing else, and nothing at all where they are there already. Gives the number of webhooks that it changed.
 */
export async function trustAuthorities(
  api: KubernetesApi,
  configuration: string,
  service: ServiceName,
  authorities: string,
): Promise<number> {
  const path = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${configuration}`;
  const { metadata, webhooks = [] } = (await api.read(path)) as WebhookConfiguration;
  const caBundle = Buffer.from(authorities, 'utf8').toString('base64');
  const ours = webhooks.flatMap(({ clientConfig }, index) =>
    clientConfig?.service?.name === service.name && clientConfig.service.namespace === service.namespace
      ? [{ index, caBundle: clientConfig.caBundle }]
      : [],
  );
  if (ours.length === 0) {
    throw new CertificatesError(
      'cluster',
      `no webhook of the MutatingWebhookConfiguration ${configuration} calls the Service ${service.name} in ${service.namespace}: ` +
        'give the right --webhook-configuration, --service and --namespace',
    );
  }
  const changed = ours.filter((webhook) => webhook.caBundle !== caBundle);
  if (changed.length === 0) return 0;
  await api.patch(path, [
    // Indexes hold for this version only: for another, the API answers with 409.
    { op: 'replace', path: '/metadata/resourceVersion', value: metadata.resourceVersion },
    ...changed.map(({ index }) => ({
      op: 'add',
      path: `/webhooks/${index}/clientConfig/caBundle`,
      value: caBundle,
    })),
  ]);
  return changed.length;
}
