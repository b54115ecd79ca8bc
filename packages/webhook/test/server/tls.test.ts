import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConnectionOptions, connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { issue, makeAuthority, type PairOptions } from './certificates.ts';
import { smallReview } from './reviews.ts';
import { send } from './send.ts';
import { startServer, temporaryFolder } from './start-server.ts';

/** The protocol that a handshake agrees on, or the code of the error that ends it. */
function shakeHands(port: number, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => {
      resolve(String(socket.getProtocol()));
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

describe('versions of TLS', () => {
  it('are 1.3 alone', async () => {
    const { port, metric } = await startServer();
    expect(await shakeHands(port, {})).toBe('TLSv1.3');
    for (const version of ['TLSv1.2', 'TLSv1.1', 'TLSv1'] as const) {
      const ciphers = 'DEFAULT:@SECLEVEL=0';
      expect(await shakeHands(port, { minVersion: version, maxVersion: version, ciphers })).toMatch(
        /^ERR_SSL|ECONNRESET/,
      );
    }
    expect(await metric('handshakes_failed_total{code="ERR_SSL_UNSUPPORTED_PROTOCOL"}')).toBe(3);
  });

  it('are 1.2 and 1.3 where that is asked for, with forward secrecy', async () => {
    const { port } = await startServer({ tlsMinVersion: '1.2' });
    expect(await shakeHands(port, {})).toBe('TLSv1.3');
    expect(await shakeHands(port, { maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    expect(await shakeHands(port, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' })).toMatch(
      /^ERR_SSL|ECONNRESET/,
    );
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    expect(await shakeHands(port, old)).toMatch(/^ERR_SSL|ECONNRESET/);
  });

  it('speak HTTP/1.1', async () => {
    const { port } = await startServer();
    const socket = connect({
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    expect(socket.alpnProtocol).toBe('http/1.1');
    socket.destroy();
  });
});

describe('the certificate', () => {
  it('is one that the API server can check', async () => {
    const { port, authority } = await startServer();
    const tls = { rejectUnauthorized: true, ca: authority.cert, servername: 'localhost' };
    expect((await send(port, smallReview, { tls })).status).toBe(200);
  });

  it('may be made at the start, for trials', async () => {
    const { port, ready, log } = await startServer({ selfSigned: true });
    expect((await send(port)).status).toBe(200);
    await ready();
    expect(log[1]).toMatchObject({ msg: 'a certificate is in use' });
  });
});

describe('the client certificate', () => {
  async function start(clientNames?: readonly string[]) {
    const clients = await makeAuthority('clients');
    const clientCa = join(await temporaryFolder(), 'ca.crt');
    await writeFile(clientCa, clients.cert);
    const started = await startServer({ clientCa, ...(clientNames ? { clientNames } : {}) });
    const sendAs = async (authority: typeof clients | undefined, options: PairOptions = {}) => {
      const tls = authority === undefined ? {} : await issue(authority, options);
      return send(started.port, smallReview, { tls: { ...tls } }).then(
        ({ status }) => status,
        (error: NodeJS.ErrnoException) => error.code ?? error.message,
      );
    };
    return { ...started, clients, sendAs };
  }
  const cutOff = /^ERR_SSL|ECONNRESET|EPIPE/;

  it('is asked for, and has to be of the authority', async () => {
    const { clients, sendAs, metric } = await start();
    expect(await sendAs(clients, { name: 'kube-apiserver' })).toBe(200);
    expect(await sendAs(undefined)).toMatch(cutOff);
    expect(await sendAs(await makeAuthority('others'))).toMatch(cutOff);
    expect(await sendAs(await makeAuthority('clients'))).toMatch(cutOff);
    expect(await sendAs(clients, { from: -48, to: -24 })).toMatch(cutOff);
    expect(await metric('requests_total{code="200"}')).toBe(1);
  });

  it('has to have one of the names', async () => {
    const { clients, sendAs, metric } = await start(['kube-apiserver', 'apiserver.example']);
    expect(await sendAs(clients, { name: 'kube-apiserver' })).toBe(200);
    expect(await sendAs(clients, { name: 'other', dnsNames: ['apiserver.example'] })).toBe(200);
    expect(await sendAs(clients, { name: 'other' })).toBe(403);
    expect(await sendAs(clients, { name: 'kube-apiserver2' })).toBe(403);
    expect(await sendAs(clients, { name: 'Kube-apiserver' })).toBe(403);
    expect(await sendAs(clients, { name: 'other', dnsNames: ['*.example', 'DNS:kube-apiserver'] })).toBe(403);
    expect(await metric('requests_total{code="403"}')).toBe(4);
  });
});
