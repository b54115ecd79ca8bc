import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from '../../src/certificates/make-certificates.ts';

const secretPath = '/api/v1/namespaces/katib-push/secrets/katib-push-webhook-tls';
const configurationPath =
  '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/katib-push-webhook';

/** Called before an answer; may change the objects, as somebody else in the cluster would. */
export type Interference = (method: string, path: string) => void;

interface Stored {
  metadata: { name: string; resourceVersion: string };
  // biome-ignore lint/suspicious/noExplicitAny: objects of the API, read by tests
  [field: string]: any;
}

/**
 * A double of the Kubernetes API on the loopback interface: one Secret, one MutatingWebhookConfiguration, read and patched as
 * the API does it (content types, `resourceVersion` as precondition, 401, 403, 404, 409). Our own code.
 */
export class ClusterDouble {
  readonly secret: Stored = { metadata: { name: 'katib-push-webhook-tls', resourceVersion: '1' } };
  readonly configuration: Stored = {
    metadata: { name: 'katib-push-webhook', resourceVersion: '1' },
    webhooks: [
      { name: 'other.example.com', clientConfig: { url: 'https://example.com/' } },
      {
        name: 'rewrite.katib-push.io',
        clientConfig: { service: { name: 'katib-push-webhook', namespace: 'katib-push', path: '/mutate' } },
      },
    ],
  };
  /** `METHOD path` of each call. */
  readonly calls: string[] = [];
  readonly forbidden = new Set<string>();
  interfere: Interference = () => {};
  readonly #server: Server;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.folder = folder;
    const { port } = server.address() as AddressInfo;
    this.environment = { KUBERNETES_SERVICE_HOST: 'localhost', KUBERNETES_SERVICE_PORT: String(port) };
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.calls.push(`${method} ${url}`);
        this.interfere(method, url);
        const [status, answer] = this.#answer(method, url, headers, Buffer.concat(chunks).toString());
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
  }

  static async start(): Promise<ClusterDouble> {
    const { certificate, key, authorities } = await makeCertificates(['localhost'], 3_600_000, new Date());
    const server = createServer({ cert: certificate, key });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const folder = await mkdtemp(join(tmpdir(), 'katib-push-account-'));
    await writeFile(join(folder, 'token'), 'the-token\n');
    await writeFile(join(folder, 'ca.crt'), authorities);
    await writeFile(join(folder, 'namespace'), 'katib-push');
    return new ClusterDouble(server, folder);
  }

  /** The texts of the Secret. */
  text(key: string): string {
    return Buffer.from(this.secret.data?.[key] ?? '', 'base64').toString();
  }

  get caBundle(): string {
    return Buffer.from(this.configuration.webhooks[1].clientConfig.caBundle ?? '', 'base64').toString();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #answer(method: string, path: string, headers: Record<string, unknown>, body: string): [number, unknown] {
    const failure = (code: number, message: string): [number, unknown] => [
      code,
      { kind: 'Status', message, code },
    ];
    if (headers.authorization !== 'Bearer the-token') return failure(401, 'Unauthorized');
    if (this.forbidden.has(`${method} ${path}`)) return failure(403, `cannot ${method} ${path}`);
    const object = { [secretPath]: this.secret, [configurationPath]: this.configuration }[path];
    if (object === undefined) return failure(404, `${path} not found`);
    if (method === 'GET') return [200, object];
    const conflict = failure(
      409,
      'the object has been modified; please apply your changes to the latest version',
    );
    if (object === this.secret) {
      if (headers['content-type'] !== 'application/merge-patch+json') return failure(415, 'type');
      const patch = JSON.parse(body);
      if (patch.metadata.resourceVersion !== object.metadata.resourceVersion) return conflict;
      object.data = { ...object.data, ...patch.data };
    } else {
      if (headers['content-type'] !== 'application/json-patch+json') return failure(415, 'type');
      const [version, ...rest] = JSON.parse(body);
      if (version.path !== '/metadata/resourceVersion') return failure(400, 'no precondition');
      if (version.value !== object.metadata.resourceVersion) return conflict;
      for (const { op, path: pointer, value } of rest) {
        const [, index] = /^\/webhooks\/(\d+)\/clientConfig\/caBundle$/.exec(pointer) ?? [];
        if (op !== 'add' || index === undefined) return failure(422, `unexpected ${op} ${pointer}`);
        object.webhooks[Number(index)].clientConfig.caBundle = value;
      }
    }
    object.metadata.resourceVersion = String(Number(object.metadata.resourceVersion) + 1);
    return [200, object];
  }
}
