import { mkdtempSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCertificates } from '../../../packages/webhook/src/certificates/run-certificates.ts';
import type { Stack } from '../stack/stack.ts';
import type { Kube } from './kube.ts';

/** Runs the certificates job as its Pod would: with the token of its service account, and what else is mounted there. */
export async function runCertificatesJob(
  stack: Stack,
  kube: Kube,
  namespace: string,
  token: string,
): Promise<{ readonly code: number; readonly said: string }> {
  const folder = mkdtempSync(join(stack.folder, 'account-'));
  writeFileSync(join(folder, 'token'), token, { mode: 0o600 });
  writeFileSync(join(folder, 'ca.crt'), kube.ca);
  writeFileSync(join(folder, 'namespace'), namespace);
  const { hostname, port } = new URL(kube.url);
  let said = '';
  const take = (text: string) => {
    said += text;
  };
  const code = await runCertificates([], {
    environment: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port },
    readFile: (path) => readFile(path, 'utf8'),
    writeOut: take,
    writeError: take,
    serviceAccountFolder: folder,
  });
  return { code, said };
}
