import { createPrivateKey, X509Certificate } from 'node:crypto';

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

/** What a certificate has to be. */
export interface CertificateDemands {
  /** DNS names that it has to be valid for. */
  readonly names: readonly string[];
  /** Milliseconds that it has to be valid for from now on. */
  readonly remaining: number;
}

/** Why a set of certificates has to be replaced, as half a sentence; undefined if it can stay. Quotes no key. */
export function findReasonToRenew(
  set: CertificateSet,
  { names, remaining }: CertificateDemands,
  now: Date,
): string | undefined {
  if (set.certificate === '' && set.key === '') return 'the Secret holds none';
  const [certificate] = parseCertificates(set.certificate);
  if (certificate === undefined) return 'tls.crt is no certificate';
  if (!keyFits(certificate, set.key)) return "tls.key doesn't belong to tls.crt";
  if (certificate.validFromDate > now)
    return `tls.crt is valid from ${certificate.validFromDate.toISOString()} only`;
  if (certificate.validToDate.getTime() - now.getTime() < remaining) {
    return `tls.crt is valid to ${certificate.validToDate.toISOString()} only`;
  }
  const missing = names.find((name) => certificate.checkHost(name, { subject: 'never' }) === undefined);
  if (missing !== undefined) return `tls.crt is not valid for ${missing}`;
  const signed = parseCertificates(set.authorities).some(
    (authority) => authority.validToDate > now && certificate.verify(authority.publicKey),
  );
  return signed ? undefined : 'ca.crt has no valid authority of tls.crt';
}

function keyFits(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}
