import { webcrypto } from 'node:crypto';
import type { CertificateSet } from './certificate-set.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** Clocks of a cluster's machines differ a little. */
const clockSkew = 3_600_000;

/**
 * Makes an authority and a certificate of it for DNS names, both valid for `validity` milliseconds. The authority's key
 * signs this one certificate and is then forgotten. ECDSA on P-256.
 */
export async function makeCertificates(
  names: readonly string[],
  validity: number,
  now: Date,
): Promise<CertificateSet> {
  await import('reflect-metadata'); // x509 needs it
  const x509 = await import('@peculiar/x509');
  const crypto = webcrypto as typeof globalThis.crypto;
  const period = {
    notBefore: new Date(now.getTime() - clockSkew),
    notAfter: new Date(now.getTime() + validity),
  };
  const makeKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const makeSerial = () => `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;
  const [authorityKeys, keys] = await Promise.all([makeKeys(), makeKeys()]);
  const authorityKey = await x509.SubjectKeyIdentifierExtension.create(
    authorityKeys.publicKey,
    false,
    crypto,
  );
  const authority = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // Two authorities may be trusted at a time: the name tells them apart.
      name: `CN=katib-push-webhook authority of ${now.toISOString()}`,
      serialNumber: makeSerial(),
      keys: authorityKeys,
      signingAlgorithm: algorithm,
      ...period,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        authorityKey,
      ],
    },
    crypto,
  );
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: 'CN=katib-push-webhook',
      issuer: authority.subject,
      serialNumber: makeSerial(),
      publicKey: keys.publicKey,
      signingKey: authorityKeys.privateKey,
      signingAlgorithm: algorithm,
      ...period,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey, false, crypto),
      ],
    },
    crypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`,
    authorities: `${authority.toString('pem')}\n`,
  };
}
