import { CertificatesError } from './certificates-error.ts';
import type { KubernetesApi } from './kubernetes-api.ts';

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
