import type { CertificateSet } from './certificate-set.ts';
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
