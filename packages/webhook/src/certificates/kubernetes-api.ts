import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { CertificatesError } from './certificates-error.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** Reads and patches single objects. */
export interface KubernetesApi {
  read(path: string): Promise<unknown>;
  /** A JSON merge patch (RFC 7386) where `patch` is an object, a JSON Patch (RFC 6902) where it is a list. */
  patch(path: string, patch: object): Promise<unknown>;
}

const answerLimit = 4 * 1_048_576;

/**
 * Calls the Kubernetes API over HTTPS, with the Pod's token. Every call rejects with {@link CertificatesError} `cluster`
 * for what isn't a success; `status` says which, and is absent where no answer came within `timeout` milliseconds.
 */
export function createKubernetesApi(access: ClusterAccess, timeout = 15_000): KubernetesApi {
  async function call(method: 'GET' | 'PATCH', path: string, body?: object): Promise<unknown> {
    const { status, text } = await send(access, timeout, method, path, body);
    const answer = parse(text);
    if (status >= 200 && status < 300) return answer;
    const { message } = (answer ?? {}) as { readonly message?: unknown };
    const said = typeof message === 'string' ? message : text.slice(0, 200);
    throw new CertificatesError('cluster', `${method} ${path}: ${status} ${said}${remedy(status)}`, {
      status,
    });
  }
  return {
    read: (path) => call('GET', path),
    patch: (path, patch) => call('PATCH', path, patch),
  };
}

async function send(
  { host, port, authority, token }: ClusterAccess,
  timeout: number,
  method: string,
  path: string,
  body: object | undefined,
): Promise<{ readonly status: number; readonly text: string }> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const type = Array.isArray(body) ? 'application/json-patch+json' : 'application/merge-patch+json';
  try {
    const outgoing = request({
      host,
      port,
      path,
      method,
      ca: authority,
      agent: false,
      signal: AbortSignal.timeout(timeout),
      headers: {
        accept: 'application/json',
        'user-agent': 'katib-push-webhook-certificates', // becomes the manager of what is written
        authorization: `Bearer ${token}`,
        ...(payload === undefined
          ? {}
          : { 'content-type': type, 'content-length': Buffer.byteLength(payload) }),
      },
    });
    outgoing.end(payload);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: incoming.statusCode ?? 0, text: await readAnswer(incoming) };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    // Where a name has several addresses, the error of all has a code alone.
    const what = `${method} ${path}: ${message || code}`;
    throw new CertificatesError('cluster', `${what}. Is ${host}:${port} reachable from this Pod?`, {
      cause: error,
    });
  }
}

async function readAnswer(incoming: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    if (length > answerLimit) throw new Error(`the answer is longer than ${answerLimit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function remedy(status: number): string {
  if (status === 401 || status === 403)
    return '. The Role and ClusterRole of the certificates job have to allow it';
  if (status === 404) return '. It comes with the manifests: apply them before this job';
  return '';
}
