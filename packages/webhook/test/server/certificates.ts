import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as typeof globalThis.crypto);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const hour = 3_600_000;

export interface Authority {
  /** PEM. */
  readonly cert: string;
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

export interface Pair {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface PairOptions {
  /** Common name; default `localhost`. */
  readonly name?: string;
  readonly dnsNames?: readonly string[];
  /** Hours from now; default -1 and 24. */
  readonly from?: number;
  readonly to?: number;
}

/** Makes a certificate authority. */
export async function makeAuthority(commonName = 'test authority'): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const name = `CN=${commonName}`;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - hour * 1000),
    notAfter: new Date(Date.now() + hour * 1000),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return { cert: certificate.toString('pem'), name, keys };
}

/** Issues a certificate for servers and clients, with its key. */
export async function issue(authority: Authority, options: PairOptions = {}): Promise<Pair> {
  const { name = 'localhost', dnsNames = ['localhost'], from = -1, to = 24 } = options;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: authority.name,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() + from * hour),
    notAfter: new Date(Date.now() + to * hour),
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip' as const, value: '127.0.0.1' },
      ]),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}
