import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** Where the server's certificate comes from. */
export interface CertificateSource {
  /** The one to serve; undefined while there is none. */
  current(): Certificate | undefined;
  close(): void;
}

/** What a source tells. */
export interface CertificateListener {
  /** A certificate is in use from now on. */
  loaded(certificate: Certificate): void;
  /** What was found can't be used; `kept` is whether an earlier one stays in use. `problem` is a sentence. */
  refused(problem: string, kept: boolean): void;
}

/** A certificate that can be served, and what it says of itself. */
export interface Certificate {
  /** PEM texts, as TLS takes them. */
  readonly material: CertificateMaterial;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256 of the first certificate. */
  readonly fingerprint: string;
}

export interface CertificateMaterial {
  readonly cert: string;
  readonly key: string;
  /** Authorities of client certificates. */
  readonly ca?: string;
}

/**
 * Checks that certificate and key can be read and belong together. Gives a sentence instead where they don't; it quotes
 * neither.
 */
export function checkPair(material: CertificateMaterial): Certificate | string {
  const { cert, key, ca } = material;
  const certificate = attempt(() => new X509Certificate(cert));
  if (certificate === undefined) return 'the certificate is no PEM certificate';
  const privateKey = attempt(() => createPrivateKey(key));
  if (privateKey === undefined) return 'the key is no PEM private key without a passphrase';
  if (!certificate.checkPrivateKey(privateKey)) return "certificate and key don't belong together";
  if (attempt(() => createSecureContext({ cert, key })) === undefined)
    return "the certificate or its chain can't be used for TLS";
  if (
    ca !== undefined &&
    attempt(() => [new X509Certificate(ca), createSecureContext(material)]) === undefined
  ) {
    return "the clients' authorities are no PEM certificates that can be used";
  }
  return {
    material,
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
    fingerprint: certificate.fingerprint256,
  };
}

/** Why a certificate must not be served now; undefined if it may. */
export function findExpiry(certificate: Certificate, now = new Date()): string | undefined {
  if (now >= certificate.validTo) return `the certificate expired on ${certificate.validTo.toISOString()}`;
  if (now < certificate.validFrom)
    return `the certificate is valid from ${certificate.validFrom.toISOString()} only`;
  return undefined;
}

function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
