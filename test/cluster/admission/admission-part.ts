import { startControlPlane } from '../control-plane/control-plane.ts';
import { startKatib } from '../control-plane/katib.ts';
import { startOurWebhook } from '../control-plane/our-webhook.ts';
import type { Report } from '../report/check.ts';
import { createStack } from '../stack/stack.ts';
import { checkWebhookFaults } from './check-faults.ts';
import { checkFixtures } from './check-fixtures.ts';
import { checkManifests } from './check-manifests.ts';
import { checkPolicy } from './check-policy.ts';
import { KATIB, makeNamespaces, type World } from './world.ts';

/** Our webhook beside Katib's own, on a real API server. */
export async function checkAdmission(report: Report): Promise<void> {
  const stack = createStack();
  try {
    const plane = await startControlPlane(stack);
    await startKatib(stack, plane, KATIB);
    await makeNamespaces(plane.kube);
    const world: World = { ...plane, stack, webhook: await startOurWebhook(stack) };
    await checkPolicy(world, report);
    await checkWebhookFaults(world, report);
    await checkManifests(world, report);
    await checkFixtures(world, report);
  } finally {
    await stack.stop();
  }
}
