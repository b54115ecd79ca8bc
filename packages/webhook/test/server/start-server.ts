import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AdmissionHandler, type AdmissionOptions, createAdmissionHandler } from '@katib-push/webhook';
import {
  startWebhookServer,
  type WebhookServer,
  type WebhookServerOptions,
} from '@katib-push/webhook/server';
import { afterAll, expect, onTestFinished } from 'vitest';
import { type Authority, issue, makeAuthority } from './certificates.ts';

export interface TestServer {
  readonly server: WebhookServer;
  readonly port: number;
  readonly adminPort: number;
  readonly authority: Authority;
  /** Where tls.crt and tls.key are. */
  readonly folder: string;
  /** Records of the log so far. */
  readonly log: readonly Record<string, unknown>[];
  /** A text of the admin port. */
  admin(path: string): Promise<{ readonly status: number; readonly text: string }>;
  /** Resolves when the server is ready. */
  ready(): Promise<void>;
  /** The value of a metric, with its labels as they are printed; 0 where it is absent. */
  metric(name: string): Promise<number>;
}

let shared: Promise<Authority> | undefined;

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'webhook-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Allows everything, at once. */
export const allowAll = (): AdmissionHandler =>
  Object.assign(
    async () => ({
      apiVersion: 'admission.k8s.io/v1' as const,
      kind: 'AdmissionReview' as const,
      response: { uid: 'same', allowed: true },
    }),
    { ready: async () => undefined, close: async () => undefined },
  );

let real: AdmissionHandler | undefined;
let observe: AdmissionOptions['observe'];
afterAll(() => real?.close());

/** The real handler, with default options: one for all tests of a file, since its worker takes a while to start. */
const shareHandler = (options: AdmissionOptions): AdmissionHandler => {
  observe = options.observe;
  real ??= createAdmissionHandler({ observe: (event) => observe?.(event), timeout: 30_000 });
  const { ready } = real;
  return Object.assign(real.bind(undefined), { ready, close: async () => undefined });
};

/** Starts a server on free ports of 127.0.0.1 with a fresh certificate; closed after the test. */
export async function startServer(options: WebhookServerOptions = {}): Promise<TestServer> {
  shared ??= makeAuthority();
  const authority = await shared;
  const folder = await temporaryFolder();
  const files = { tlsCertificate: join(folder, 'tls.crt'), tlsKey: join(folder, 'tls.key') };
  if (!options.selfSigned && options.tlsCertificate === undefined) {
    const { cert, key } = await issue(authority);
    await Promise.all([writeFile(files.tlsCertificate, cert), writeFile(files.tlsKey, key)]);
  }
  const log: Record<string, unknown>[] = [];
  const server = await startWebhookServer({
    host: '127.0.0.1',
    port: 0,
    adminHost: '127.0.0.1',
    adminPort: 0,
    shutdownDelay: 0,
    drainTimeout: 2000,
    writeLog: (line) => log.push(JSON.parse(line)),
    createHandler: shareHandler,
    ...(options.selfSigned ? {} : files),
    ...options,
  });
  onTestFinished(() => server.close());
  const admin: TestServer['admin'] = async (path) => {
    const response = await fetch(`http://${server.adminAddress}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return {
    server,
    port: portOf(server.address),
    adminPort: portOf(server.adminAddress),
    authority,
    folder,
    log,
    admin,
    ready: () => expect.poll(() => admin('/readyz')).toEqual({ status: 200, text: 'ready\n' }),
    async metric(name) {
      const { text } = await admin('/metrics');
      const line = text.split('\n').find((each) => each.startsWith(`katib_push_webhook_${name} `));
      return Number(line?.split(' ').at(-1) ?? 0);
    },
  };
}

function portOf(address: string): number {
  return Number(address.split(':').at(-1));
}
