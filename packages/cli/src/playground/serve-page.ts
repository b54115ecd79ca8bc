import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailure, problem } from '../problems/problem.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** Where the page is built, and published with the command. */
const folder = fileURLToPath(new URL('../../page/', import.meta.url));

/** What the published page leaves out, as it is in a package that the command has anyway: Python's parser. */
const PARSER = /^\/assets\/ruff_fmt_bg-[\w-]+\.wasm$/;
const require = createRequire(import.meta.url);
const parser = require.resolve('@wasm-fmt/ruff_fmt/wasm');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
};

/**
 * Serves the built page on loopback: the files that are there now, Python's parser, and nothing else.
 *
 * @param port 0 for any free one
 * @param from the page's folder; tests give their own
 * @throws CommandFailure where the page was not built or the port is taken
 */
export async function servePage(
  port: number,
  from: string = folder,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  if (!existsSync(join(from, 'index.html')))
    throw new CommandFailure([problem('no-page', 'The page of the playground is not built.')]);
  const names = await readdir(from, { recursive: true });
  const paths = new Map(names.map((name) => [`/${name.replaceAll('\\', '/')}`, join(from, name)]));
  const server = createServer(async ({ method, url = '/' }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    const name = path === '/' ? '/index.html' : path;
    const file = paths.get(name) ?? (PARSER.test(name) ? parser : undefined);
    const type = types[extname(name)];
    response.setHeader('Content-Security-Policy', `${contentSecurityPolicy}; frame-ancestors 'none'`);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    if (file === undefined || type === undefined || (method !== 'GET' && method !== 'HEAD')) {
      response.writeHead(file === undefined || type === undefined ? 404 : 405).end();
      return;
    }
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }).end(bytes);
    else response.writeHead(404).end();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const message = `127.0.0.1:${port} can't be listened on (${error.code}).`;
    throw new CommandFailure([problem('server-failed', message, { hint: 'Choose another port.' })]);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
