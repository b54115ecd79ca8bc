import { type Kube, type KubeAnswer, mergePatch } from '../control-plane/kube.ts';
import { watchLists } from '../control-plane/watch.ts';
import type { Stack } from '../stack/stack.ts';
import { type Images, type RunningPod, runPod } from './run-pod.ts';

type Pod = KubeAnswer['body'];

const now = () => new Date().toISOString().replace(/\.\d+/, '');

/**
 * The kubelet stand-in: it starts each pod of a namespace as processes of this machine and tells the API server how
 * they end. It also calls Deployments available, whose pods nobody makes. No restarts, no probes, no networks.
 */
export function startKubeletStandIn(stack: Stack, kube: Kube, namespace: string, images: Images): void {
  const pods = new Map<string, RunningPod>();
  const path = `/api/v1/namespaces/${namespace}/pods`;

  const setStatus = (pod: Pod, phase: string, stateOf: (container: string) => object) =>
    kube.call(
      'PATCH',
      `${path}/${pod.metadata.name}/status`,
      {
        status: {
          phase,
          startTime: pod.status?.startTime ?? now(),
          conditions: [
            { type: 'Ready', status: phase === 'Running' ? 'True' : 'False', lastTransitionTime: now() },
          ],
          containerStatuses: pod.spec.containers.map(({ name, image }: { name: string; image: string }) => ({
            ...{ name, image, imageID: image, restartCount: 0, ready: phase === 'Running' },
            state: stateOf(name),
          })),
        },
      },
      { type: mergePatch },
    );

  async function start(pod: Pod): Promise<void> {
    try {
      const running = await runPod(stack, pod, images);
      pods.set(pod.metadata.uid, running);
      const startedAt = now();
      await setStatus(pod, 'Running', () => ({ running: { startedAt } }));
      const codes = await running.ended;
      const failed = Object.values(codes).some((code) => code !== 0);
      await setStatus(pod, failed ? 'Failed' : 'Succeeded', (name) => ({
        terminated: {
          exitCode: codes[name] ?? 0,
          reason: codes[name] === 0 ? 'Completed' : 'Error',
          startedAt,
          finishedAt: now(),
        },
      }));
    } catch (error) {
      console.error(`cluster: the kubelet stand-in can't run ${pod.metadata.name}: ${error}`);
    }
  }

  const seen = new Set<string>();
  const onPod = (type: string, pod: Pod) => {
    const { uid } = pod.metadata;
    if (type === 'DELETED') {
      void pods.get(uid)?.stop();
      pods.delete(uid);
    } else if (!seen.has(uid)) {
      seen.add(uid);
      void start(pod);
    }
  };
  const onDeployment = (deployment: KubeAnswer['body']) => {
    if (deployment.status?.conditions !== undefined) return;
    const condition = { type: 'Available', status: 'True', lastUpdateTime: now(), lastTransitionTime: now() };
    const status = { conditions: [condition], observedGeneration: deployment.metadata.generation };
    const own = `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment.metadata.name}/status`;
    void kube.call('PATCH', own, { status }, { type: mergePatch });
  };
  stack.onStop(async () => {
    await Promise.all([...pods.values()].map((pod) => pod.stop()));
  });
  watchLists(stack, kube, {
    [path]: onPod,
    [`/apis/apps/v1/namespaces/${namespace}/deployments`]: (_, deployment) => onDeployment(deployment),
  });
}
