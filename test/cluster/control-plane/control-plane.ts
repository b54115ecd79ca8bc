import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { build } from '../build/build.ts';
import { programs } from '../build/programs.ts';
import { freePort, listening, type Stack } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';
import { createKube, type Kube } from './kube.ts';

/** A real Kubernetes without nodes. */
export interface ControlPlane {
  readonly kube: Kube;
  /** A kubeconfig of an administrator. */
  readonly kubeconfig: string;
}

const ADMIN = 'admin-token';

/**
 * Starts etcd, the API server and the controller manager on the loopback. There is no token controller and no scheduler:
 * the admission plugin for service accounts is off, and pods are started by the kubelet stand-in.
 */
export async function startControlPlane(stack: Stack): Promise<ControlPlane> {
  const [etcd, apiServer, manager] = await Promise.all([
    build(programs.etcd),
    build(programs.apiServer),
    build(programs.controllerManager),
  ]);
  const [clients, peers, secure] = [await freePort(), await freePort(), await freePort()];
  const file = (name: string) => join(stack.folder, name);
  const [ours, theirs] = [`http://127.0.0.1:${clients}`, `http://127.0.0.1:${peers}`];
  const store = stack.start('etcd', {
    command: etcd,
    args: [
      ...['--data-dir', file('etcd'), '--unsafe-no-fsync', '--log-level', 'error'],
      ...['--listen-client-urls', ours, '--advertise-client-urls', ours],
      ...['--listen-peer-urls', theirs, '--initial-advertise-peer-urls', theirs],
      ...['--initial-cluster', `default=${theirs}`],
    ],
  });
  await listening('etcd', store, clients);

  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(file('accounts.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(file('accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(file('tokens.csv'), `${ADMIN},admin,admin,system:masters\n`, { mode: 0o600 });
  const server = stack.start('kube-apiserver', {
    command: apiServer,
    args: [
      `--etcd-servers=${ours}`,
      ...['--bind-address=127.0.0.1', `--secure-port=${secure}`, `--cert-dir=${file('api-server')}`],
      ...['--endpoint-reconciler-type=none', '--service-cluster-ip-range=10.0.0.0/16'],
      ...['--authorization-mode=RBAC', `--token-auth-file=${file('tokens.csv')}`],
      ...[
        '--disable-admission-plugins=ServiceAccount',
        '--service-account-issuer=https://kubernetes.default.svc',
      ],
      ...[
        `--service-account-key-file=${file('accounts.pub')}`,
        `--service-account-signing-key-file=${file('accounts.key')}`,
      ],
      ...[
        '--runtime-config=admissionregistration.k8s.io/v1beta1=true',
        '--feature-gates=MutatingAdmissionPolicy=true',
      ],
      ...['--profiling=false', '--event-ttl=10m'],
    ],
  });
  await listening('kube-apiserver', server, secure, { seconds: 120 });
  const ca = readFileSync(file('api-server/apiserver.crt'), 'utf8');
  const kube = createKube(`https://127.0.0.1:${secure}`, ca, ADMIN);
  await waitFor('the API server', async () => (await kube.call('GET', '/readyz')).status === 200, 120);

  const kubeconfig = file('kubeconfig');
  const cluster = { server: kube.url, 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  writeFileSync(
    kubeconfig,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster }],
      users: [{ name: 'admin', user: { token: ADMIN } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
      'current-context': 'test',
    }),
    { mode: 0o600 },
  );
  stack.start('kube-controller-manager', {
    command: manager,
    args: [
      ...[`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0', '--concurrent-gc-syncs=5'],
      // without the garbage collector the Services of finished Suggestions would use up the network
      '--controllers=job-controller,garbage-collector-controller,namespace-controller,ttl-after-finished-controller',
    ],
  });
  return { kube, kubeconfig };
}
