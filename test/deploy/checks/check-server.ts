import { type Manifest, ofKind, only } from '../manifests.ts';
import { mountedFiles, readServerSettings } from './server-settings.ts';

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** Settings that the server would refuse, files that it would not find, and times that don't fit into each other. */
export async function checkServer(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const deployment = only(manifests, 'Deployment');
  const { spec } = deployment.spec.template;
  const [webhook] = only(manifests, 'MutatingWebhookConfiguration').webhooks;
  let settings: Awaited<ReturnType<typeof readServerSettings>>;
  try {
    settings = await readServerSettings(manifests);
  } catch (error) {
    return [`the server refuses its settings: ${(error as Error).message}`];
  }
  const files = mountedFiles(manifests);
  const problems = [settings.tlsCertificate, settings.tlsKey]
    .filter((file) => file === undefined || !files.has(file))
    .map((file) => `${file} is not mounted`);
  const { preStop } = spec.containers[0].lifecycle;
  const end = preStop.sleep.seconds + seconds(settings.shutdownDelay + settings.drainTimeout);
  if (end + 5 > spec.terminationGracePeriodSeconds) {
    problems.push(
      `stopping takes ${end} s, and the Pod is killed after ${spec.terminationGracePeriodSeconds} s`,
    );
  }
  if (seconds(settings.rewriteTimeout) >= webhook.timeoutSeconds) {
    problems.push(
      `a rewrite may take ${settings.rewriteTimeout} ms, and the API server waits ${webhook.timeoutSeconds} s`,
    );
  }
  const scaled = ofKind(manifests, 'HorizontalPodAutoscaler');
  for (const { spec: autoscaler } of scaled) {
    if (autoscaler.scaleTargetRef.name !== deployment.metadata.name)
      problems.push('the autoscaler scales something else');
    if (autoscaler.minReplicas < 2) problems.push('the autoscaler goes down to one replica');
  }
  if (scaled.length > 0 && deployment.spec.replicas !== undefined)
    problems.push('autoscaler and Deployment both say how many replicas');
  if (scaled.length === 0 && !(deployment.spec.replicas >= 2)) problems.push('there is one replica');
  return problems;
}
