import { join } from 'node:path';
import { CertificatesError } from './certificates-error.ts';

/** How a Pod reaches the Kubernetes API. Source: Kubernetes, "Accessing the Kubernetes API from a Pod". */
export interface ClusterAccess {
  readonly host: string;
  readonly port: number;
  /** PEM of the API server's authority. */
  readonly authority: string;
  readonly token: string;
  /** The Pod's own namespace. */
  readonly namespace: string;
}

/** Where the kubelet mounts what a service account needs. */
export const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Reads the access that the kubelet gives to a Pod: address from the environment, token, authority and namespace from
 * `folder`. Rejects with {@link CertificatesError} `outside` where any is missing.
 */
export async function readClusterAccess(
  environment: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => Promise<string>,
  folder = serviceAccountFolder,
): Promise<ClusterAccess> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  if (!host || !port || !/^\d+$/.test(port)) {
    throw new CertificatesError(
      'outside',
      'KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT name no API server: run this in a Pod of the cluster',
    );
  }
  const read = async (name: string): Promise<string> => {
    const path = join(folder, name);
    try {
      return await readFile(path);
    } catch (error) {
      throw new CertificatesError(
        'outside',
        `${path} can't be read (${(error as NodeJS.ErrnoException).code ?? error}): the Pod needs automountServiceAccountToken: true`,
        { cause: error },
      );
    }
  };
  // one after the other: of what is missing, always the same is named
  return {
    host,
    port: Number(port),
    token: (await read('token')).trim(),
    authority: await read('ca.crt'),
    namespace: (await read('namespace')).trim(),
  };
}
