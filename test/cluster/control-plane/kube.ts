import { Agent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

/** What the API server answers: an object of the API, or a Status. */
export interface KubeAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind, read by those who know them
  readonly body: any;
  /** The texts of `Warning` headers. */
  readonly warnings: readonly string[];
}

export interface KubeOptions {
  /** Content type of the body. Default: JSON. */
  readonly type?: string;
  /** Default: an administrator's. */
  readonly token?: string;
  /** Called with each event of a watch; the request ends when `signal` is aborted. */
  readonly onEvent?: (event: { readonly type: string; readonly object: KubeAnswer['body'] }) => void;
  readonly signal?: AbortSignal;
}

/** A client of the real API server. */
export interface Kube {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  /** Never rejects for an answer, whatever its status. */
  call(method: string, path: string, body?: unknown, options?: KubeOptions): Promise<KubeAnswer>;
  /** {@link Kube.call}; rejects where the status is an error. */
  must(method: string, path: string, body?: unknown, options?: KubeOptions): Promise<KubeAnswer['body']>;
}

/** Content types of patches. */
export const mergePatch = 'application/merge-patch+json';
export const applyPatch = 'application/apply-patch+yaml';

export function createKube(url: string, ca: string, token: string): Kube {
  const agent = new Agent({ keepAlive: true, ca, maxSockets: 50 });
  const call: Kube['call'] = (method, path, body, options = {}) =>
    new Promise((resolve, reject) => {
      const sent = httpsRequest(
        new URL(path, url),
        {
          method,
          agent,
          ...(options.signal === undefined ? {} : { signal: options.signal }),
          headers: {
            authorization: `Bearer ${options.token ?? token}`,
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': options.type ?? 'application/json' }),
          },
        },
        (response) => {
          const header = response.headers.warning;
          const warnings = [...(header ?? '').matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(
            ([, words]) => words!,
          );
          const status = response.statusCode ?? 0;
          if (options.onEvent !== undefined && status === 200) {
            let rest = '';
            response.setEncoding('utf8').on('data', (piece: string) => {
              const lines = (rest + piece).split('\n');
              rest = lines.pop() ?? '';
              for (const line of lines) options.onEvent?.(JSON.parse(line));
            });
            response.on('error', () => {}).on('close', () => resolve({ status, body: undefined, warnings }));
            return;
          }
          text(response).then((answer) => {
            let parsed: unknown = answer;
            try {
              parsed = JSON.parse(answer);
            } catch {
              // a text, such as that of /readyz
            }
            resolve({ status, body: parsed, warnings });
          }, reject);
        },
      );
      sent.on('error', (error) =>
        options.signal?.aborted ? resolve({ status: 0, body: undefined, warnings: [] }) : reject(error),
      );
      sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    });
  return {
    url,
    ca,
    token,
    call,
    async must(method, path, body, options) {
      const answer = await call(method, path, body, options);
      if (answer.status >= 400)
        throw new Error(
          `${method} ${path}: ${answer.status}: ${answer.body?.message ?? JSON.stringify(answer.body)}`,
        );
      return answer.body;
    },
  };
}
