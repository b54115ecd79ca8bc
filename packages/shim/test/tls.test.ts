import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { certificate } from '../../../test/client/conformance/certificate.ts';
import { findInterpreters, versions } from './interpreters.ts';
import { manager, runLine } from './run-shim.ts';

const { cert, key } = await certificate();
/** TLS in front of the DB manager. */
const server = createServer({ cert, key, ALPNProtocols: ['h2'] }, (socket) => {
  const [host = '', port] = manager.address.split(':');
  const plain = connect(Number(port), host);
  for (const each of [socket, plain]) each.on('error', () => {});
  socket.pipe(plain).pipe(socket);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => server.close());

const found = findInterpreters();
const files = { 'ca.pem': cert };
const env = {
  KATIB_DB_MANAGER_ADDRESS: `https://localhost:${(server.address() as AddressInfo).port}`,
  KATIB_PUSH_CA_CERT: 'FOLDER/ca.pem',
  KATIB_PUSH_FLUSH_TIMEOUT: '5',
};

describe.concurrent('a DB manager behind TLS', () => {
  it.each(versions.filter((version) => found.has(version)))('is reached by Python %s', async (version) => {
    const python = found.get(version) ?? '';
    const { rows, stderr } = await runLine('echo loss=1', {
      python,
      env,
      files,
      config: { deliver: 'if-none' },
    });
    expect({ rows, stderr }).toEqual({ rows: ['loss=1'], stderr: '' });
  });

  it('that nobody trusts gets nothing', async () => {
    const { rows, stderr } = await runLine('echo loss=1', {
      env: { ...env, KATIB_PUSH_CA_CERT: undefined, KATIB_PUSH_FLUSH_TIMEOUT: '0.5' },
    });
    expect(rows).toEqual([]);
    expect(stderr).toMatch(/^katib-push: 1 observations did not reach https:\S+ \(.*\): 1 are in /);
  });
});
