import { X509Certificate } from 'node:crypto';

/** What the Secret holds. PEM texts. */
export interface CertificateSet {
  /** `tls.crt`: the server's certificate. */
  readonly certificate: string;
  /** `tls.key`: its private key. */
  readonly key: string;
  /** `ca.crt`: whom the API server trusts, the authority of `certificate` first, that of the one before it after. */
  readonly authorities: string;
}

const pemCertificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certificates of a PEM text. What is no certificate is left out. */
export function parseCertificates(pem: string): readonly X509Certificate[] {
  return (pem.match(pemCertificate) ?? []).flatMap((text) => {
    try {
      return [new X509Certificate(text)];
    } catch {
      return [];
    }
  });
}

/**
 * Joins authorities to one PEM text: in order, each once, without those that expired. An authority's key is thrown away
 * when it has signed, so keeping it trusted until it expires gives nobody anything.
 */
export function joinAuthorities(authorities: readonly X509Certificate[], now: Date): string {
  const seen = new Set<string>();
  return authorities
    .filter(({ fingerprint256, validToDate }) => {
      if (seen.has(fingerprint256) || validToDate <= now) return false;
      seen.add(fingerprint256);
      return true;
    })
    .map((authority) => authority.toString())
    .join('');
}
