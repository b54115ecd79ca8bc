import { createPrivateKey, type X509Certificate } from 'node:crypto';
import { type CertificateSet, parseCertificates } from './certificate-set.ts';

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
