import { type Kube, type KubeAnswer, mergePatch } from '../control-plane/kube.ts';
import { watchLists } from '../control-plane/watch.ts';
import type { Stack } from '../stack/stack.ts';

const [group, version, kind, plural] = ['trainer.kubeflow.org', 'v1alpha1', 'TrainJob', 'trainjobs'];

/** Defines TrainJobs, whatever they hold. Katib's controller has to find the definition as it starts. */
export async function defineTrainJobs(kube: Kube): Promise<void> {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  await kube.must('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [{ name: version, served: true, storage: true, schema, subresources: { status: {} } }],
    },
  });
}

/**
 * Stands in for Kubeflow's Trainer: a TrainJob of one node is a Job with the labels by which Katib knows the primary pod,
 * and ends as that does. There are no runtimes, and no JobSet between.
 */
export function startTrainerStandIn(stack: Stack, kube: Kube, namespace: string): void {
  const trainJobs = `/apis/${group}/${version}/namespaces/${namespace}/${plural}`;
  const jobs = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  watchLists(stack, kube, {
    [trainJobs]: (type, { metadata, spec: { trainer = {} } }) => {
      if (type !== 'ADDED') return;
      const { name, uid } = metadata;
      const { image = 'python', command, args, env } = trainer;
      void kube.call('POST', jobs, {
        metadata: {
          name: `${name}-node-0`,
          ownerReferences: [{ apiVersion: `${group}/${version}`, kind, name, uid, controller: true }],
        },
        spec: {
          ...{ backoffLimit: 0, completions: 1, completionMode: 'Indexed' },
          template: {
            metadata: { labels: { 'jobset.sigs.k8s.io/replicatedjob-name': 'node' } },
            spec: { restartPolicy: 'Never', containers: [{ name: 'node', image, command, args, env }] },
          },
        },
      });
    },
    [jobs]: (_, job) => {
      const owner = job.metadata.ownerReferences?.find((each: { kind: string }) => each.kind === kind);
      const end = endOf(job);
      if (owner === undefined || end === undefined) return;
      const condition = {
        type: end,
        status: 'True',
        reason: 'JobsEnded',
        message: '',
        lastTransitionTime: now(),
      };
      const path = `${trainJobs}/${owner.name}/status`;
      void kube.call('PATCH', path, { status: { conditions: [condition] } }, { type: mergePatch });
    },
  });
}

function endOf({ status }: KubeAnswer['body']): string | undefined {
  const conditions: readonly { type: string; status: string }[] = status?.conditions ?? [];
  return conditions.find((each) => each.status === 'True' && ['Complete', 'Failed'].includes(each.type))
    ?.type;
}

const now = () => new Date().toISOString().replace(/\.\d+/, '');
