// Above 300 lines: all of it runs one command against one double, and shares how that is done.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseCertificates } from '../../src/certificates/certificate-set.ts';
import { makeCertificates } from '../../src/certificates/make-certificates.ts';
import { type CertificatesWorld, runCertificates } from '../../src/certificates/run-certificates.ts';
import { ClusterDouble } from './cluster-double.ts';

const day = 86_400_000;
const patchSecret = 'PATCH /api/v1/namespaces/katib-push/secrets/katib-push-webhook-tls';
const patchConfiguration =
  'PATCH /apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/katib-push-webhook';

let cluster: ClusterDouble;
/** All that was printed in a test: no key may be in it. */
let printed: string;

beforeEach(async () => {
  cluster = await ClusterDouble.start();
  printed = '';
});

afterEach(async () => {
  await cluster.close();
  expect(printed).not.toMatch(/PRIVATE KEY|the-token/);
});

/** Runs the command `days` from now. */
function run(days = 0, ...argv: string[]): Promise<{ code: number; out: string }> {
  return runWith({ clock: () => new Date(Date.now() + days * day) }, argv);
}

async function runWith(
  world: Partial<CertificatesWorld>,
  argv: readonly string[] = [],
): Promise<{ code: number; out: string }> {
  let out = '';
  const write = (text: string): void => {
    out += text;
    printed += text;
  };
  const code = await runCertificates(argv, {
    environment: cluster.environment,
    readFile: (path) => readFile(path, 'utf8'),
    writeOut: write,
    writeError: write,
    serviceAccountFolder: cluster.folder,
    ...world,
  });
  return { code, out };
}

const patches = (): string[] => cluster.calls.filter((call) => call.startsWith('PATCH'));

/** Whether a server with the Secret's certificate passes a client that trusts the caBundle, as the API server does. */
async function isTrusted(certificate: string, key: string, authorities: string): Promise<boolean> {
  const server = createServer({ cert: certificate, key, minVersion: 'TLSv1.3' }, (socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const socket: TLSSocket = connect({
      host: '127.0.0.1',
      port,
      ca: authorities,
      servername: 'katib-push-webhook.katib-push.svc',
    });
    await once(socket, 'secureConnect');
    socket.destroy();
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

test('fills an empty Secret, after the API server trusts the authority', async () => {
  const { code, out } = await run();
  expect(out).toMatch(
    /^made a certificate for katib-push\/katib-push-webhook-tls, valid to \d{4}-.*Z, because the Secret holds none; wrote the caBundle of katib-push-webhook\n$/,
  );
  expect(code).toBe(0);
  expect(patches()).toEqual([patchConfiguration, patchSecret]);
  expect(cluster.text('ca.crt')).toBe(cluster.caBundle);
  expect(await isTrusted(cluster.text('tls.crt'), cluster.text('tls.key'), cluster.caBundle)).toBe(true);
  const other = await makeCertificates(['x'], day, new Date());
  expect(await isTrusted(cluster.text('tls.crt'), cluster.text('tls.key'), other.authorities)).toBe(false);
});

test('makes a certificate as the API server wants it', async () => {
  await run();
  const [certificate] = parseCertificates(cluster.text('tls.crt'));
  const [authority] = parseCertificates(cluster.caBundle);
  expect(certificate?.subjectAltName).toBe(
    'DNS:katib-push-webhook.katib-push.svc, DNS:katib-push-webhook.katib-push, DNS:katib-push-webhook.katib-push.svc.cluster.local',
  );
  expect(certificate?.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']); // server authentication
  expect(certificate?.ca).toBe(false);
  expect(authority?.ca).toBe(true);
  expect(certificate?.checkIssued(authority as NonNullable<typeof authority>)).toBe(true);
  const days = ((certificate?.validToDate.getTime() ?? 0) - Date.now()) / day;
  expect(Math.round(days)).toBe(365);
});

test('does nothing where nothing is missing', async () => {
  await run();
  cluster.calls.length = 0;
  const { code, out } = await run();
  expect(out).toMatch(/^the certificate in katib-push\/katib-push-webhook-tls stays, valid to .*Z\n$/);
  expect(code).toBe(0);
  expect(patches()).toEqual([]);
  expect((await run(274)).out).toContain('stays');
});

test('touches no webhook but its own', async () => {
  const before = structuredClone(cluster.configuration.webhooks[0]);
  await run();
  expect(cluster.configuration.webhooks[0]).toEqual(before);
});

test('renews before the end, and goes on trusting what is still served', async () => {
  await run();
  const old = {
    certificate: cluster.text('tls.crt'),
    key: cluster.text('tls.key'),
    bundle: cluster.caBundle,
  };
  cluster.calls.length = 0;
  let trustedWhenServed: string | undefined;
  cluster.interfere = (method, path) => {
    if (`${method} ${path}` === patchSecret) trustedWhenServed = cluster.caBundle;
  };
  const { out } = await run(276);
  expect(out).toContain('because tls.crt is valid to ');
  expect(patches()).toEqual([patchConfiguration, patchSecret]);
  expect(cluster.text('tls.crt')).not.toBe(old.certificate);
  expect(parseCertificates(cluster.caBundle)).toHaveLength(2);
  expect(cluster.caBundle).toContain(old.bundle);
  expect(trustedWhenServed).toBe(cluster.caBundle);
  // The new one is valid from 276 days on; what Pods serve until they have it is trusted.
  expect(await isTrusted(old.certificate, old.key, cluster.caBundle)).toBe(true);
  expect((await run(277)).out).toContain('stays');
});

test('forgets an authority that has expired', async () => {
  await run();
  await run(276);
  expect(parseCertificates(cluster.caBundle)).toHaveLength(2);
  const { out } = await run(366);
  expect(out).toMatch(/stays.*; wrote the caBundle/);
  expect(parseCertificates(cluster.caBundle)).toHaveLength(1);
  expect((await run(366)).out).not.toContain('wrote');
});

test('puts back a caBundle that was lost, with the certificate as it is', async () => {
  await run();
  const certificate = cluster.text('tls.crt');
  const bundle = cluster.caBundle;
  delete cluster.configuration.webhooks[1].clientConfig.caBundle;
  const { out } = await run();
  expect(out).toMatch(/stays.*; wrote the caBundle of katib-push-webhook/);
  expect(cluster.caBundle).toBe(bundle);
  expect(cluster.text('tls.crt')).toBe(certificate);
});

const encode = (text: string): string => Buffer.from(text).toString('base64');

test.each<[string, (data: Record<string, string>) => Promise<void> | void]>([
  [
    "tls.key doesn't belong",
    async (data) => {
      data['tls.key'] = encode((await makeCertificates(['x'], day, new Date())).key);
    },
  ],
  [
    "tls.key doesn't belong",
    (data) => {
      data['tls.key'] = encode('nonsense');
    },
  ],
  [
    'tls.crt is no certificate',
    (data) => {
      data['tls.crt'] = encode('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    },
  ],
  [
    'ca.crt has no valid authority',
    (data) => {
      delete data['ca.crt'];
    },
  ],
  [
    'tls.crt is not valid for katib-push-webhook.katib-push.svc',
    async (data) => {
      const made = await makeCertificates(['webhook.example.com'], 300 * day, new Date());
      Object.assign(data, {
        'tls.crt': encode(made.certificate),
        'tls.key': encode(made.key),
        'ca.crt': encode(made.authorities),
      });
    },
  ],
  [
    'tls.crt is valid from',
    async (data) => {
      const made = await makeCertificates(
        ['katib-push-webhook.katib-push.svc'],
        300 * day,
        new Date(Date.now() + 2 * day),
      );
      Object.assign(data, {
        'tls.crt': encode(made.certificate),
        'tls.key': encode(made.key),
        'ca.crt': encode(made.authorities),
      });
    },
  ],
])('makes another one where %s', async (reason, damage) => {
  await run();
  await damage(cluster.secret.data);
  const { code, out } = await run();
  expect(out).toContain(`because ${reason}`);
  expect(code).toBe(0);
  expect(await isTrusted(cluster.text('tls.crt'), cluster.text('tls.key'), cluster.caBundle)).toBe(true);
});

test('begins again where somebody else writes in between', async () => {
  let times = 0;
  cluster.interfere = (method, path) => {
    if (`${method} ${path}` === patchSecret && times++ < 2) cluster.secret.metadata.resourceVersion += '0';
  };
  expect((await run()).code).toBe(0);
  expect(patches().filter((call) => call === patchSecret)).toHaveLength(3);
  expect(cluster.text('ca.crt')).toBe(cluster.caBundle);
  expect(parseCertificates(cluster.caBundle)).toHaveLength(1); // the ones of failed attempts are gone
});

test('two at once end with one certificate that is trusted', async () => {
  const results = await Promise.all([run(), run(), run()]);
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
  await run();
  expect(cluster.text('ca.crt')).toBe(cluster.caBundle);
  expect(await isTrusted(cluster.text('tls.crt'), cluster.text('tls.key'), cluster.caBundle)).toBe(true);
});

test('gives up after five conflicts', async () => {
  cluster.interfere = (method) => {
    if (method === 'PATCH') cluster.configuration.metadata.resourceVersion += '0';
  };
  const { code, out } = await run();
  expect(code).toBe(3);
  expect(out).toMatch(/: 409 the object has been modified/);
  expect(patches()).toHaveLength(5);
  expect(cluster.secret.data).toBeUndefined();
});

test('says what the cluster refuses, and what to do', async () => {
  cluster.forbidden.add(patchConfiguration);
  const { code, out } = await run();
  expect(code).toBe(3);
  expect(out).toMatch(
    /403 cannot PATCH .* The Role and ClusterRole of the certificates job have to allow it\n$/,
  );
  expect(cluster.secret.data).toBeUndefined();
});

test.each([
  [
    ['--secret', 'other'],
    3,
    /secrets\/other: 404 .* It comes with the manifests: apply them before this job/,
  ],
  [
    ['--service', 'other'],
    3,
    /no webhook of the MutatingWebhookConfiguration katib-push-webhook calls the Service other in katib-push/,
  ],
  [['--validity', '1y'], 2, /--validity is 1y. Give a duration of a minute or more, such as 8760h/],
  [['--renew-before', '8760h'], 2, /--renew-before \(8760h\) has to be shorter than --validity \(8760h\)/],
  [['--nonsense'], 2, /unknown option '--nonsense'\nSee katib-push-webhook certificates --help/],
  [['extra'], 2, /too many arguments/],
])('%j: exit code %i', async (argv, expected, message) => {
  const { code, out } = await run(0, ...argv);
  expect(out).toMatch(message);
  expect(code).toBe(expected);
});

test('prints its help', async () => {
  const { code, out } = await run(0, '--help');
  expect(code).toBe(0);
  expect(out).toContain('--renew-before');
});

test('outside of a cluster it says so', async () => {
  await cluster.close();
  const { code, out } = await run();
  expect(code).toBe(2);
  expect(out).toMatch(/token can't be read \(ENOENT\): the Pod needs automountServiceAccountToken: true/);
  cluster = await ClusterDouble.start();
});

test('an API server that is not there', async () => {
  const { folder } = cluster;
  const gone = await ClusterDouble.start();
  await gone.close();
  const { code, out } = await run(0);
  expect(code).toBe(0); // the one that is there
  expect(out).toContain('made');
  const absent = await runWith({ environment: gone.environment, serviceAccountFolder: folder });
  expect(absent.code).toBe(3);
  expect(absent.out).toContain('ECONNREFUSED');
  expect(absent.out).toContain(
    `Is localhost:${gone.environment.KUBERNETES_SERVICE_PORT} reachable from this Pod?`,
  );
});

test('an answer that is too long is not read to its end', async () => {
  cluster.secret.data = { long: 'x'.repeat(4 * 1_048_576) };
  const { code, out } = await run();
  expect(code).toBe(3);
  expect(out).toContain('the answer is longer than 4194304 bytes');
});

test('an API server of another authority is not told the token', async () => {
  const other = await makeCertificates(['localhost'], day, new Date());
  const { code, out } = await runWith({
    readFile: async (path) => (path.endsWith('ca.crt') ? other.authorities : readFile(path, 'utf8')),
  });
  expect(code).toBe(3);
  expect(out).toMatch(/certificate/);
  expect(cluster.calls).toEqual([]);
});
