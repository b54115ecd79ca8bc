import { webcrypto } from 'node:crypto';
import { hostname } from 'node:os';
import { WebhookServerError } from '../errors.ts';
import { type CertificateListener, type CertificateSource, checkPair } from './certificate.ts';

const day = 86_400_000;

/** Makes a key and a certificate for this machine's names, valid for 30 days, and keeps both in memory. */
export async function makeSelfSigned(listener: CertificateListener): Promise<CertificateSource> {
  await import('reflect-metadata'); // x509 needs it
  const x509 = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=katib-push-webhook',
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date(now - day),
      notAfter: new Date(now + 30 * day),
      extensions: [
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'dns', value: hostname() },
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
      ],
    },
    webcrypto as typeof globalThis.crypto,
  );
  const key = x509.PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  const made = checkPair({ cert: certificate.toString('pem'), key });
  if (typeof made === 'string') {
    throw new WebhookServerError(
      'usage',
      `no certificate could be made (${made}): give tlsCertificate and tlsKey`,
    );
  }
  listener.loaded(made);
  return { current: () => made, close() {} };
}
