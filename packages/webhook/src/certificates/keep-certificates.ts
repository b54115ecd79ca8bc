import { findReasonToRenew, joinAuthorities, parseCertificates } from './certificate-set.ts';
import { CertificatesError } from './certificates-error.ts';
import { readSecret, trustAuthorities, writeSecret } from './cluster-objects.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import { makeCertificates } from './make-certificates.ts';

/** What is kept, and where. Durations in milliseconds. */
export interface KeepOptions {
  readonly namespace: string;
  readonly secret: string;
  readonly service: string;
  readonly webhookConfiguration: string;
  /** How long a new certificate is valid. */
  readonly validity: number;
  /** How long before its end a certificate is replaced. */
  readonly renewBefore: number;
}

/** What was done. */
export interface KeepResult {
  /** Why a new certificate was made; absent if the old one stayed. */
  readonly renewed?: string;
  /** The number of webhooks that got another `caBundle`. */
  readonly trusted: number;
  readonly validTo: Date;
}

const attempts = 5;

/**
 * Sees to it that the Secret holds a certificate that is good for a while, and that the API server trusts it. Run as
 * often as you like: it does what is missing, and nothing if nothing is.
 *
 * A new authority is trusted, beside the old one, before its certificate is served: at no time is there a server whose
 * certificate the API server refuses. Where someone else writes in between, it begins again, five times at most.
 */
export async function keepCertificates(
  api: KubernetesApi,
  options: KeepOptions,
  clock = () => new Date(),
): Promise<KeepResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await keepOnce(api, options, clock());
    } catch (error) {
      if (!(error instanceof CertificatesError && error.status === 409) || attempt === attempts) throw error;
    }
  }
}

async function keepOnce(api: KubernetesApi, options: KeepOptions, now: Date): Promise<KeepResult> {
  const { namespace, secret, service, webhookConfiguration, validity, renewBefore } = options;
  const names = serviceNames(service, namespace);
  const stored = await readSecret(api, namespace, secret);
  const renewed = findReasonToRenew(stored, { names, remaining: renewBefore }, now);
  const made = renewed === undefined ? stored : await makeCertificates(names, validity, now);
  const authorities = joinAuthorities(
    [...parseCertificates(made.authorities), ...parseCertificates(stored.authorities)],
    now,
  );
  const trusted = await trustAuthorities(
    api,
    webhookConfiguration,
    { namespace, name: service },
    authorities,
  );
  if (renewed !== undefined) {
    await writeSecret(api, namespace, secret, { ...made, authorities }, stored.resourceVersion);
  }
  const [certificate] = parseCertificates(made.certificate);
  const validTo = (certificate as NonNullable<typeof certificate>).validToDate;
  return { ...(renewed === undefined ? {} : { renewed }), trusted, validTo };
}

/** The API server asks for the first; the others are for people who try from inside the cluster. */
function serviceNames(service: string, namespace: string): readonly string[] {
  return [
    `${service}.${namespace}.svc`,
    `${service}.${namespace}`,
    `${service}.${namespace}.svc.cluster.local`,
  ];
}
