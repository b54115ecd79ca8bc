import { type Kube, type KubeAnswer, mergePatch } from '../control-plane/kube.ts';
import type { Stack } from '../stack/stack.ts';
import { type Images, type RunningPod, runPod } from './run-pod.ts';

type Pod = KubeAnswer['body'];

const now = () => new Date().toISOString().replace(/\.\d+/, '');

/**
 * The kubelet stand-in: it starts each pod of a namespace as processes of this machine and tells the API server how
 * they end. It also calls Deployments available, whose pods nobody makes. No restarts, no probes, no networks.
 */
export async function startKubeletStandIn(
  stack: Stack,
  kube: Kube,
  namespace: string,
  images: Images,
): Promise<void> {
  const pods = new Map<string, RunningPod>();
  const ending = new AbortController();
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
  const watch = (what: string, onEvent: (type: string, object: KubeAnswer['body']) => void) => {
    const again = async (): Promise<void> => {
      while (!ending.signal.aborted)
        await kube
          .call('GET', `${what}?watch=true`, undefined, {
            signal: ending.signal,
            onEvent: ({ type, object }) => onEvent(type, object),
          })
          .catch(() => {});
    };
    return again();
  };
  const watches = [
    watch(path, onPod),
    watch(`/apis/apps/v1/namespaces/${namespace}/deployments`, (_, deployment) => onDeployment(deployment)),
  ];
  stack.onStop(async () => {
    ending.abort();
    await Promise.all(watches);
    await Promise.all([...pods.values()].map((pod) => pod.stop()));
  });
}
