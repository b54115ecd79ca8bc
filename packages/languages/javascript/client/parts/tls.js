'use strict';

/**
 * Begins a TLS connection, verified against a file of authorities, else against Node's own.
 *
 * @param options {host, port, servername}
 * @returns the socket; `secureConnect` is its event
 */
function connectSecurely(require, options, authorities) {
  const ca = authorities ? require('node:fs').readFileSync(authorities) : undefined;
  return require('node:tls').connect({ ...options, ca, ALPNProtocols: ['h2'] });
}

module.exports = { connectSecurely };
