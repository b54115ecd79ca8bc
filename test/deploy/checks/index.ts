import type { Manifest } from '../manifests.ts';
import { checkCertificates } from './check-certificates.ts';
import { checkAccess, checkHardening } from './check-hardening.ts';
import { checkPorts } from './check-ports.ts';
import { checkSelectors } from './check-selectors.ts';
import { checkServer } from './check-server.ts';
import { checkNames, checkWebhook } from './check-webhook.ts';

/** What is wrong with manifests that a schema can't tell; empty if nothing. */
export async function checkManifests(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const server = await checkServer(manifests);
  // Where the server's flags can't be read, its ports are not known.
  const ports = server.some((problem) => problem.startsWith('the server refuses'))
    ? []
    : checkPorts(manifests);
  return [
    ...server,
    ...ports,
    ...checkSelectors(manifests),
    ...checkHardening(manifests),
    ...checkAccess(manifests),
    ...checkWebhook(manifests),
    ...checkNames(manifests),
    ...(await checkCertificates(manifests)),
  ];
}
