import type { SecureContextOptions } from 'node:tls';
import type { CertificateMaterial } from './certificate/check-pair.ts';
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
