import type { TLSSocket } from 'node:tls';

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
