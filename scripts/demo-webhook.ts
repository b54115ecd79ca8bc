// Sends an AdmissionReview through the webhook server, as curl would: prints the commands that do the same, and what
// comes back. The port is the first argument; default 8443, 0 for any free one.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '..');
const review = 'fixtures/admission/create.json';
const port = process.argv[2] ?? '8443';
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: unknown;
}

const bold = (line: string): string => (process.stdout.isTTY ? `\x1b[1m${line}\x1b[22m` : line);

const words = ['serve', '--self-signed', '--port', port, '--admin-port', '0', '--shutdown-delay', '0s'];
const server = spawn(process.execPath, ['--conditions=source', 'packages/cli/src/bin.ts', ...words], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'pipe'],
});
try {
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.stderr.setEncoding('utf8').on('data', (more: string) => {
      said += more;
      const found = /^Admission reviews: (\S+)$/m.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
  console.log(bold('\n1. The server, with a certificate of its own'));
  console.log(`\n$ pnpm -s katib-push serve --self-signed --port ${new URL(url).port}`);
  console.log(bold('\n2. What the API server sends when the Experiment is created, and what it gets'));
  console.log(`\n$ curl -sk ${url} -H 'content-type: application/json' -d @${review} > answer.json`);
  console.log(`$ jq -c '.response | del(.patch)' answer.json\n`);
  const { patch, ...response } = JSON.parse(await post(url, readFileSync(join(root, review)))).response;
  console.log(JSON.stringify(response));
  console.log(bold('\n3. The patch, which it then applies (values cut here)'));
  console.log(
    `\n$ jq -r .response.patch answer.json | base64 -d | jq -c '.[] | [.op, .path, (.value | tostring | .[:60])]'\n`,
  );
  const operations: Operation[] = JSON.parse(Buffer.from(patch, 'base64').toString('utf8'));
  for (const { op, path, value } of operations) {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    console.log(JSON.stringify([op, path, shown.slice(0, 60)]));
  }
  console.log(bold('\n4. In the script, the call that prints the metric'));
  console.log(
    `\n$ jq -r .response.patch answer.json | base64 -d | jq -r '.[0].value' | grep '_katib_push(print)'\n`,
  );
  const script = String(operations[0]?.value).split('\n');
  console.log(script.filter((line) => line.includes('_katib_push(print)')).join('\n'));
} catch (error) {
  console.error(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  server.kill('SIGTERM');
}

/** Posts a review; like `curl -k` it takes any certificate. */
function post(url: string, body: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(url, { method: 'POST', headers, rejectUnauthorized: false }, (response) => {
      text(response).then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
