import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { issue, makeAuthority, type Pair } from './certificates.ts';
import { smallReview } from './reviews.ts';
import { send } from './send.ts';
import { allowAll, startServer, temporaryFolder } from './start-server.ts';

/** A folder as the kubelet keeps a Secret's: files are links into `..data`, itself a link that is swapped. */
async function secretFolder() {
  const folder = await temporaryFolder();
  let generation = 0;
  return {
    pair: { tlsCertificate: join(folder, 'tls.crt'), tlsKey: join(folder, 'tls.key') },
    clientCa: join(folder, 'ca.crt'),
    async put(files: Readonly<Record<string, string>>) {
      const name = `..${++generation}`;
      await mkdir(join(folder, name));
      for (const [file, text] of Object.entries(files)) await writeFile(join(folder, name, file), text);
      await symlink(name, join(folder, '..data_tmp'));
      await rename(join(folder, '..data_tmp'), join(folder, '..data'));
      if (generation > 1) return;
      for (const file of ['tls.crt', 'tls.key', 'ca.crt'])
        await symlink(join('..data', file), join(folder, file));
    },
  };
}

const filesOf = ({ cert, key }: Pair) => ({ 'tls.crt': cert, 'tls.key': key });

/** Common name of the certificate that is served; an error's code where the handshake fails. */
function servedName(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

describe('certificate files', () => {
  it('are swapped under load without a failed request', async () => {
    const authority = await makeAuthority();
    const secret = await secretFolder();
    await secret.put(filesOf(await issue(authority, { name: 'first' })));
    const { port, metric } = await startServer({ ...secret.pair, createHandler: allowAll });
    const names = ['second', 'third', 'fourth'];
    let done = false;
    const failures: unknown[] = [];
    let answered = 0;
    const tls = { rejectUnauthorized: true, ca: authority.cert, servername: 'localhost' };
    const load = Array.from({ length: 4 }, async () => {
      while (!done) {
        await send(port, smallReview, { tls }).then(
          ({ status }) => (status === 200 ? answered++ : failures.push(status)),
          (error) => failures.push(error),
        );
      }
    });
    for (const name of names) {
      await secret.put(filesOf(await issue(authority, { name })));
      await expect.poll(() => servedName(port)).toBe(name);
    }
    done = true;
    await Promise.all(load);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(10);
    expect(await metric('certificate_loads_total{result="loaded"}')).toBe(4);
  });

  it.each<readonly [string, (good: Pair, other: Pair) => Readonly<Record<string, string>>, RegExp]>([
    [
      'of different pairs',
      (good, other) => filesOf({ cert: good.cert, key: other.key }),
      /don't belong together/,
    ],
    ['cut short', (good) => filesOf({ cert: good.cert.slice(0, 200), key: good.key }), /no PEM certificate/],
    ['empty', () => filesOf({ cert: '', key: '' }), /no PEM certificate/],
    ['with a damaged key', (good) => filesOf({ cert: good.cert, key: 'canary' }), /no PEM private key/],
    ['incomplete', (good) => ({ 'tls.crt': good.cert }), /tls\.key can't be read \(ENOENT\)/],
  ])('are left alone where they are %s', async (_what, makeBad, problem) => {
    const authority = await makeAuthority();
    const secret = await secretFolder();
    await secret.put(filesOf(await issue(authority, { name: 'first' })));
    const { port, metric, admin, log } = await startServer({ ...secret.pair, createHandler: allowAll });
    await secret.put(makeBad(await issue(authority, { name: 'bad' }), await issue(authority)));
    await expect.poll(() => metric('certificate_loads_total{result="refused"}')).toBe(1);
    expect(await servedName(port)).toBe('first');
    expect((await admin('/readyz')).status).toBe(200);
    const record = log.find(({ level }) => level === 'error');
    expect(record).toMatchObject({ msg: 'a certificate was refused, the old one is kept', kept: true });
    expect(record?.problem).toMatch(problem);
    expect(JSON.stringify(log)).not.toContain('canary');
    await secret.put(filesOf(await issue(authority, { name: 'second' })));
    await expect.poll(() => servedName(port)).toBe('second');
  });

  it('are found by looking where watching says nothing', async () => {
    const authority = await makeAuthority();
    const folder = await temporaryFolder();
    const late = join(folder, 'late');
    const files = { tlsCertificate: join(late, 'tls.crt'), tlsKey: join(late, 'tls.key') };
    const { port, admin } = await startServer({ ...files, certificatePoll: 100, createHandler: allowAll }); // a missing folder can't be watched
    expect(await admin('/readyz')).toEqual({
      status: 503,
      text: 'there is no certificate that can be used\n',
    });
    expect((await admin('/healthz')).status).toBe(200);
    expect(await servedName(port)).toMatch(/^ERR_SSL|ECONNRESET/);
    await mkdir(late);
    const { cert, key } = await issue(authority, { name: 'late' });
    await writeFile(files.tlsCertificate, cert);
    await writeFile(files.tlsKey, key);
    await expect.poll(() => admin('/readyz')).toEqual({ status: 200, text: 'ready\n' });
    expect(await servedName(port)).toBe('late');
  });

  it('tell when the certificate expires; an expired one is not ready', async () => {
    const authority = await makeAuthority();
    const secret = await secretFolder();
    await secret.put(filesOf(await issue(authority, { name: 'old', from: -48, to: -24 })));
    const { port, admin, metric, log } = await startServer({ ...secret.pair, createHandler: allowAll });
    expect((await admin('/readyz')).status).toBe(503);
    expect((await admin('/readyz')).text).toMatch(/^the certificate expired on 2\d{3}-/);
    expect(await metric('certificate_expiry_timestamp_seconds')).toBeLessThan(Date.now() / 1000);
    expect(log[1]).toMatchObject({ level: 'error', msg: 'there is no certificate' });
    await secret.put(filesOf(await issue(authority, { name: 'early', from: 24, to: 48 })));
    await expect.poll(async () => (await admin('/readyz')).text).toMatch(/is valid from .* only/);
    await secret.put(filesOf(await issue(authority, { name: 'new' })));
    await expect.poll(() => servedName(port)).toBe('new');
    expect((await admin('/readyz')).status).toBe(200);
    const left = (await metric('certificate_expiry_timestamp_seconds')) - Date.now() / 1000;
    expect(left).toBeGreaterThan(23 * 3600);
    expect(left).toBeLessThan(25 * 3600);
    await secret.put(filesOf(await issue(authority, { name: 'old again', from: -48, to: -24 })));
    await expect.poll(() => metric('certificate_loads_total{result="refused"}')).toBe(3);
    expect(await servedName(port)).toBe('new');
  });

  it("swap the clients' authority, too", async () => {
    const authority = await makeAuthority();
    const [before, after] = [await makeAuthority('before'), await makeAuthority('after')];
    const pair = filesOf(await issue(authority, { name: 'first' }));
    const secret = await secretFolder();
    await secret.put({ ...pair, 'ca.crt': before.cert });
    const { port } = await startServer({
      ...secret.pair,
      clientCa: secret.clientCa,
      createHandler: allowAll,
    });
    const sendAs = async (client: typeof authority) => {
      const tls = { ...(await issue(client, { name: 'apiserver' })) };
      return send(port, smallReview, { tls }).then(
        ({ status }) => status,
        () => 0,
      );
    };
    expect(await sendAs(before)).toBe(200);
    expect(await sendAs(after)).toBe(0);
    await secret.put({ ...pair, 'ca.crt': after.cert });
    await expect.poll(() => sendAs(after)).toBe(200);
    expect(await sendAs(before)).toBe(0);
  });
});

describe('the folder of the certificate', () => {
  it('may go and come back', async () => {
    const authority = await makeAuthority();
    const folder = join(await temporaryFolder(), 'tls');
    const files = { tlsCertificate: join(folder, 'tls.crt'), tlsKey: join(folder, 'tls.key') };
    const fill = async (name: string) => {
      await mkdir(folder);
      const { cert, key } = await issue(authority, { name });
      await writeFile(files.tlsKey, key);
      await writeFile(files.tlsCertificate, cert);
    };
    await fill('first');
    const { port, metric } = await startServer({ ...files, certificatePoll: 100, createHandler: allowAll });
    await rm(folder, { recursive: true });
    await expect.poll(() => metric('certificate_loads_total{result="refused"}')).toBeGreaterThan(0);
    expect(await servedName(port)).toBe('first');
    await fill('second');
    await expect.poll(() => servedName(port)).toBe('second');
  });
});
