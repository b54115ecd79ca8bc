import type { SecureContextOptions, TLSSocket } from 'node:tls';
import type { CertificateMaterial } from './certificate/certificate.ts';
import type { ServerSettings } from './options.ts';

/** Ciphers of TLS 1.2 with forward secrecy and authentication; those of 1.3 are all of that kind. */
const ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/** The TLS context for a certificate; without one, every handshake fails. */
export function secureContext(
  { tlsMinVersion }: ServerSettings,
  material: CertificateMaterial | undefined,
): SecureContextOptions {
  return { minVersion: `TLSv${tlsMinVersion}`, ciphers, ...material };
}

/**
 * Whether the client's certificate has one of the names: as its common name, or among its DNS names (compared as a
 * whole, without wildcards). TLS has already checked that one of our authorities issued it.
 */
export function hasClientName(socket: TLSSocket, names: readonly string[]): boolean {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return false;
  const { subject } = socket.getPeerCertificate();
  const common: readonly string[] = [subject?.CN ?? []].flat();
  return names.some(
    (name) =>
      common.includes(name) ||
      certificate.checkHost(name, { subject: 'never', wildcards: false }) !== undefined,
  );
}
